using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Tazan.Lessons.Reading;

namespace Tazan.Lessons;

/// <summary>The lessons of one run: those that came with the program, and the user's own.</summary>
/// <remarks>A file in a user's folder replaces the bundled lesson of its name. Immutable, thread-safe.</remarks>
public sealed class LessonBook
{
    private LessonBook(ImmutableArray<Lesson> lessons, ImmutableArray<UserError> faults)
    {
        Lessons = lessons;
        Faults = faults;
    }

    /// <summary>All that could be read, by name.</summary>
    public ImmutableArray<Lesson> Lessons { get; }

    /// <summary>Everything wrong with any file, in the order of folders and files. A check must not begin while there is one.</summary>
    public ImmutableArray<UserError> Faults { get; }

    /// <summary>Reads the bundled lessons and then the <c>*.yaml</c> and <c>*.yml</c> files of the folders, in the order given.</summary>
    /// <exception cref="UserError">A folder does not exist.</exception>
    /// <exception cref="WorldFailed">A file can't be read.</exception>
    public static LessonBook Load(params IEnumerable<string> folders)
    {
        var faults = new List<UserError>();
        var lessons = new SortedDictionary<string, Lesson>(StringComparer.Ordinal);
        foreach (var (file, text) in Bundled())
        {
            Add(LessonReader.Read(text, file, isBundled: true, faults), lessons);
        }

        foreach (var folder in folders)
        {
            var own = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in Files(folder))
            {
                var lesson = ReadFile(file, faults);
                if (lesson is not null && !own.TryAdd(lesson.Name, file))
                {
                    faults.Add(new UserError("TZN2003", file, $"the lesson '{lesson.Name}' also stands in {own[lesson.Name]}.", "Keep one of the two."));
                }

                Add(lesson, lessons);
            }
        }

        return new LessonBook([.. lessons.Values], [.. faults]);
    }

    /// <summary>Reads one file, as <c>tazan lesson validate FILE</c> does.</summary>
    /// <param name="path">As the user gave it.</param>
    /// <param name="faults">Gets every fault, SQL's included.</param>
    /// <returns>The lesson, or null when there was a fault.</returns>
    public static Lesson? Validate(string path, ICollection<UserError> faults)
    {
        var found = new List<UserError>();
        var lesson = ReadFile(path, found);
        if (lesson is not null)
        {
            found.AddRange(Checking.SqlCheck.Faults([lesson]));
        }

        found.ForEach(faults.Add);
        return found.Count == 0 ? lesson : null;
    }

    /// <summary>The lesson of that name.</summary>
    /// <exception cref="UserError">There is none.</exception>
    public Lesson Get(string name)
    {
        foreach (var lesson in Lessons)
        {
            if (lesson.Name == name)
            {
                return lesson;
            }
        }

        throw new UserError("TZN2004", name, "there is no such lesson.", Nearest.Mend(name, [.. Lessons.Select(static l => l.Name)]));
    }

    /// <summary>The text of a bundled lesson's file, comments and all; null where there is none of that name.</summary>
    public static string? FindBundledText(string name) => Bundled().FirstOrDefault(b => Path.GetFileNameWithoutExtension(b.File) == name).Text;

    private static void Add(Lesson? lesson, SortedDictionary<string, Lesson> lessons)
    {
        if (lesson is not null)
        {
            lessons[lesson.Name] = lesson;
        }
    }

    private static Lesson? ReadFile(string path, List<UserError> faults)
    {
        try
        {
            return LessonReader.Read(File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), path, isBundled: false, faults);
        }
        catch (DecoderFallbackException e)
        {
            faults.Add(new UserError("TZN2001", path, "this is not text (UTF-8).", "A lesson is a YAML file.", e));
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add(new UserError("TZN2004", path, "there is no such file.", "Begin one with: tazan lesson new NAME", e));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorldFailed("TZN2901", $"{path} cannot be read: {e.Message} Nothing was changed.", e);
        }
    }

    private static IEnumerable<string> Files(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserError("TZN2005", "--lessons " + folder, "there is no such folder.", "Name a folder that holds lesson files (*.yaml).");
        }

        return Directory.EnumerateFiles(folder)
            .Where(static f => Path.GetExtension(f) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<(string File, string Text)> Bundled()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(static n => n.StartsWith("lessons/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            yield return (resource, reader.ReadToEnd());
        }
    }
}
