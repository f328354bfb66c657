namespace Tazan.Fleets;

/// <summary>The fleets that come with the program: <c>fleets/*.yaml</c>, embedded.</summary>
public static class ReferenceFleets
{
    private const string Folder = "fleets/";

    /// <summary>Their names, sorted: <c>demo</c>, <c>five-stories</c>, <c>small</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ReferenceFleets).Assembly.GetManifestResourceNames().Where(static n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Select(static n => n[Folder.Length..^".yaml".Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>Opens a fleet's YAML text, to be read with <see cref="FleetSpec.Read"/> or shown.</summary>
    /// <exception cref="UserError">There is no such fleet.</exception>
    public static TextReader Open(string name) =>
        typeof(ReferenceFleets).Assembly.GetManifestResourceStream($"{Folder}{name}.yaml") is { } stream ? new StreamReader(stream)
            : throw new UserError("TZN5008", "", $"there is no reference fleet '{name}'.", Nearest.Mend(name, Names));

    /// <summary>Reads a fleet that comes with the program.</summary>
    /// <exception cref="UserError">There is no such fleet.</exception>
    public static FleetSpec Read(string name)
    {
        using var reader = Open(name);
        return FleetSpec.Read(reader, $"{Folder}{name}.yaml");
    }
}
