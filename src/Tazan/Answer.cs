namespace Tazan;

/// <summary>A lesson's answer about a fleet. There is no fourth: what could not be read is never called clear.</summary>
public enum Answer
{
    /// <summary>Everything the lesson reads was read, and nothing in it is exposed.</summary>
    Clear,

    /// <summary>Nothing exposed was found, but something the lesson reads could not be read.</summary>
    Unknown,

    /// <summary>At least one resource is exposed; there may be blind spots beside it.</summary>
    Exposed,
}
