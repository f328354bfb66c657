using System.Globalization;

namespace Tazan.Lessons.Vocabulary;

/// <summary>
/// A number that a lesson knows exactly, as a range, or as a range with its likeliest value. Units are those of the
/// parameter's kind: seconds, GiB, MiB/s, per second, USD, or none.
/// </summary>
/// <remarks>A trial draws from it: one value, a uniform range, or a triangle. Immutable.</remarks>
public readonly record struct Quantity(double Low, double Likely, double High)
{
    /// <summary>Whether it is one value.</summary>
    public bool IsExact => Low == High;

    /// <summary>
    /// Reads <c>x</c>, <c>low..high</c> or <c>low..likely..high</c>, then the unit where the kind has units.
    /// </summary>
    /// <param name="text">Such as <c>1..3..5 min</c>.</param>
    /// <param name="kind">Decides which units there are.</param>
    /// <param name="value">In the kind's own unit.</param>
    /// <param name="mend">What would have been right; empty on success.</param>
    public static bool TryParse(string text, ParameterKind kind, out Quantity value, out string mend)
    {
        value = default;
        var units = kind.Units();
        var example = kind.Example();
        mend = $"Write it as {example}.";
        var body = text.Trim();
        var factor = 1.0;
        if (units.Length > 0)
        {
            var unit = units.FirstOrDefault(u => body.EndsWith(u.Text, StringComparison.Ordinal)
                && body.Length > u.Text.Length && body[^(u.Text.Length + 1)] is ' ' or (>= '0' and <= '9'));
            if (unit.Text is null)
            {
                mend = $"Give a number and a unit ({string.Join(", ", units.Select(static u => u.Text))}), such as {example}.";
                return false;
            }

            factor = unit.Factor;
            body = body[..^unit.Text.Length].TrimEnd();
        }

        var parts = body.Split("..");
        Span<double> numbers = stackalloc double[3];
        if (parts.Length > 3)
        {
            return false;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                return false;
            }

            numbers[i] *= factor;
        }

        value = parts.Length switch
        {
            1 => new Quantity(numbers[0], numbers[0], numbers[0]),
            2 => new Quantity(numbers[0], (numbers[0] + numbers[1]) / 2, numbers[1]),
            _ => new Quantity(numbers[0], numbers[1], numbers[2]),
        };
        if (value.Low > value.Likely || value.Likely > value.High)
        {
            mend = "Write the smaller number first.";
            return false;
        }

        mend = "";
        return true;
    }
}
