using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Tazan.Cli.Output;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tazan.Cli.Mutes;

/// <summary>Reads a mute file (docs/mutes.md, docs/mutes.schema.json) strictly: whoever mistypes a key must not believe that something is muted.</summary>
/// <remarks>Straight from YAML's events, which know their lines; nothing is built by reflection, and anchors are refused.</remarks>
internal static class MuteFile
{
    private const string Code = "TZN1822";
    private static readonly string[] RootKeys = ["mutes"];
    private static readonly string[] PatternKeys = ["lesson", "account", "region", "resource", "service", "tag"];
    private static readonly string[] Keys = [.. PatternKeys, "reason", "owner", "until"];

    public static MuteList Read(string path) => Parse(UserFile.Read(path, "TZN1821", "Name a mute file; docs/mutes.md shows one."), path);

    public static MuteList Parse(ReadOnlySpan<byte> bytes, string name)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new UserError(Code, name, "this is not UTF-8 text.", "Save it as UTF-8.", e);
        }

        try
        {
            return new Reading(new Parser(new StringReader(text)), name).List();
        }
        catch (YamlException e)
        {
            throw new UserError(Code, $"{name}:{e.Start.Line}", $"this is not YAML: {PlainText.Clean(e.Message)}", "Mend the line.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or OverflowException)
        {
            // The YAML reader's own slips on broken text come out as these.
            throw new UserError(Code, name, "this is not YAML.", "docs/mutes.md shows a mute file.", e);
        }
    }

    private sealed class Reading(Parser parser, string name)
    {
        public MuteList List()
        {
            Next<StreamStart>("a YAML document");
            if (parser.Current is StreamEnd || (parser.MoveNext() && parser.Current is StreamEnd))
            {
                throw new UserError(Code, name, "the file is empty.", "Write 'mutes: []' if nothing is to be muted.");
            }

            // MoveNext above stands on the document's start; its first node follows.
            ImmutableArray<Mute>? mutes = null;
            Start<MappingStart>("'mutes:' with a list under it");
            while (Key(RootKeys, "a mute file") is { } key)
            {
                if (mutes is not null)
                {
                    throw Wrong(key.Line, "'mutes' stands twice.", "Join the two lists.");
                }

                mutes = Entries();
            }

            Next<DocumentEnd>("the end of the document");
            if (parser.MoveNext() && parser.Current is not StreamEnd)
            {
                throw Wrong(parser.Current!.Start.Line, "a second document begins.", "Keep one '---' at most.");
            }

            return new MuteList(name, mutes ?? throw new UserError(Code, name, "there is no 'mutes:' in it.", "Write 'mutes: []' if nothing is to be muted."));
        }

        private ImmutableArray<Mute> Entries()
        {
            var mutes = ImmutableArray.CreateBuilder<Mute>();
            Start<SequenceStart>("a list of entries, each beginning with '-'");
            while (parser.MoveNext() && parser.Current is not SequenceEnd)
            {
                mutes.Add(Entry());
            }

            return mutes.ToImmutable();
        }

        private Mute Entry()
        {
            Is<MappingStart>("an entry with keys");
            var line = parser.Current!.Start.Line;
            var patterns = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
            var texts = new Dictionary<string, (string Text, long Line)>(StringComparer.Ordinal);
            while (Key(Keys, "a mute") is { } key)
            {
                if (patterns.ContainsKey(key.Name) || texts.ContainsKey(key.Name))
                {
                    throw Wrong(key.Line, $"'{key.Name}' stands twice in one entry.", "Several patterns go into one list: [a, b].");
                }

                if (Array.IndexOf(PatternKeys, key.Name) >= 0)
                {
                    patterns[key.Name] = Patterns(key.Name);
                }
                else
                {
                    texts[key.Name] = (Text(key.Name), parser.Current!.Start.Line);
                }
            }

            if (patterns.Count == 0)
            {
                throw Wrong(line, "this entry would mute everything.", $"Say what: {string.Join(", ", PatternKeys)}.");
            }

            var (until, untilLine) = Required(texts, "until", line, "the last day, as 2026-12-31");
            return new Mute
            {
                Line = line,
                Lessons = patterns.GetValueOrDefault("lesson", []),
                Accounts = patterns.GetValueOrDefault("account", []),
                Regions = patterns.GetValueOrDefault("region", []),
                Resources = patterns.GetValueOrDefault("resource", []),
                Services = patterns.GetValueOrDefault("service", []),
                Tags = patterns.GetValueOrDefault("tag", []),
                Reason = Required(texts, "reason", line, "why this is accepted").Text,
                Owner = Required(texts, "owner", line, "who answers for it").Text,
                Until = DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
                    : throw Wrong(untilLine, $"'{PlainText.Clean(until)}' is no day.", "Write it as 2026-12-31."),
            };
        }

        private (string Text, long Line) Required(Dictionary<string, (string Text, long Line)> texts, string key, long line, string meaning) =>
            texts.TryGetValue(key, out var found) ? found : throw Wrong(line, $"this mute has no '{key}'.", $"Add '{key}:' with {meaning}.");

        // One pattern, or a list of them.
        private ImmutableArray<string> Patterns(string key)
        {
            if (!parser.MoveNext() || parser.Current is not SequenceStart)
            {
                return [Pattern(key)];
            }

            var patterns = ImmutableArray.CreateBuilder<string>();
            var line = parser.Current.Start.Line;
            while (parser.MoveNext() && parser.Current is not SequenceEnd)
            {
                patterns.Add(Pattern(key));
            }

            // An empty list would fit everything, which nobody means by writing it.
            return patterns.Count > 0 ? patterns.ToImmutable() : throw Wrong(line, $"'{key}' is an empty list.", "Name a pattern, or leave the key out.");
        }

        private string Pattern(string key)
        {
            var text = Scalar(key);
            return key != "tag" || text.Contains('=', StringComparison.Ordinal) ? text
                : throw Wrong(parser.Current!.Start.Line, $"'{PlainText.Clean(text)}' is no tag pattern.", "Write it as key=value, such as env=dev or team=*.");
        }

        private string Text(string key)
        {
            parser.MoveNext();
            return Scalar(key);
        }

        private string Scalar(string key)
        {
            Is<Scalar>($"a text for '{key}'");
            var text = ((Scalar)parser.Current!).Value;
            return !string.IsNullOrWhiteSpace(text) ? text : throw Wrong(parser.Current.Start.Line, $"'{key}' is empty.", "Write its value on the same line.");
        }

        private (string Name, long Line)? Key(string[] known, string what)
        {
            parser.MoveNext();
            if (parser.Current is MappingEnd)
            {
                return null;
            }

            Is<Scalar>("a key");
            var key = ((Scalar)parser.Current!).Value;
            return Array.IndexOf(known, key) >= 0 ? (key, parser.Current.Start.Line)
                : throw Wrong(parser.Current.Start.Line, $"{what} has no '{PlainText.Clean(key)}'.", Nearest.Mend(key, known));
        }

        private void Start<T>(string what)
            where T : ParsingEvent
        {
            parser.MoveNext();
            Is<T>(what);
        }

        private void Next<T>(string what)
            where T : ParsingEvent
        {
            if (!parser.MoveNext() || parser.Current is not T)
            {
                throw Wrong(parser.Current?.Start.Line ?? 1, $"{what} was expected.", "docs/mutes.md shows a mute file.");
            }
        }

        private void Is<T>(string what)
            where T : ParsingEvent
        {
            if (parser.Current is not T)
            {
                throw Wrong(parser.Current?.Start.Line ?? 1, $"{what} was expected.", "docs/mutes.md shows a mute file.");
            }

            if (parser.Current is NodeEvent { Anchor.IsEmpty: false })
            {
                throw Wrong(parser.Current.Start.Line, "anchors are not used here.", "Write the value out.");
            }
        }

        private UserError Wrong(long line, string what, string mend) => new(Code, $"{name}:{line}", what, mend);
    }
}
