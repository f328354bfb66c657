namespace Tazan;

/// <summary>The words for what the input did not name, and for what has no region.</summary>
public static class Identity
{
    /// <summary>An account or region that nothing in the input named.</summary>
    public const string Unknown = "unknown";

    /// <summary>The region of what has none, such as a hosted zone.</summary>
    public const string Global = "global";
}
