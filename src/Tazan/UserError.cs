namespace Tazan;

/// <summary>Something the user gave is wrong (a flag, a file, a lesson): one line that says what, where, and the mend.</summary>
/// <remarks>The command line prints <see cref="Exception.Message"/> alone and exits with 2. Nothing was written.</remarks>
public sealed class UserError : Exception
{
    /// <param name="code">A code to search for, such as <c>TZN1004</c>.</param>
    /// <param name="where">The file with its line where there is one (<c>fleet.json:12</c>), or the flag; empty when there is no place.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="mend">What to do about it.</param>
    public UserError(string code, string where, string what, string mend)
        : base(Line(code, where, what, mend))
    {
        Code = code;
        Where = where;
        Mend = mend;
    }

    /// <summary>As <see cref="UserError(string, string, string, string)"/>, keeping the cause.</summary>
    public UserError(string code, string where, string what, string mend, Exception cause)
        : base(Line(code, where, what, mend), cause)
    {
        Code = code;
        Where = where;
        Mend = mend;
    }

    /// <summary>The code to search for.</summary>
    public string Code { get; }

    /// <summary>The file and line, or the flag.</summary>
    public string Where { get; }

    /// <summary>What to do about it.</summary>
    public string Mend { get; }

    private static string Line(string code, string where, string what, string mend) =>
        string.Concat(code, " ", where.Length == 0 ? "" : where + ": ", what, mend.Length == 0 ? "" : " " + mend);
}
