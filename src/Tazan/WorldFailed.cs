namespace Tazan;

/// <summary>The disk, the network or AWS failed: one line, and exit code 3. Says whether anything was touched.</summary>
public sealed class WorldFailed : Exception
{
    /// <param name="code">A code to search for, such as <c>TZN1901</c>.</param>
    /// <param name="message">What failed, where, and whether anything was written.</param>
    /// <param name="cause">What the runtime said; null where there was nothing to catch.</param>
    public WorldFailed(string code, string message, Exception? cause = null)
        : base(code + " " + message, cause) => Code = code;

    /// <summary>The code to search for.</summary>
    public string Code { get; }
}
