using Tazan.Cli.Tests.Output;

namespace Tazan.Cli.Tests.Mutes;

/// <summary>Spoils bytes in seeded ways and sees that a reader answers with a value or a <see cref="UserError"/>.</summary>
internal static class Fuzz
{
    /// <returns>How many mutants were refused.</returns>
    public static int Mutate(byte[] good, int mutants, Action<byte[]> read)
    {
        var refused = 0;
        for (var seed = 0; seed < mutants; seed++)
        {
            var mutant = Mutant(good, new Chance((ulong)seed));
            try
            {
                read(mutant);
            }
            catch (UserError error)
            {
                Assert.DoesNotContain('\n', error.Message);
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }

        return refused;
    }

    private static byte[] Mutant(byte[] good, Chance chance)
    {
        var bytes = good.ToList();
        for (var n = 1 + chance.Below(3); n > 0 && bytes.Count > 0; n--)
        {
            var at = chance.Below(bytes.Count);
            switch (chance.Below(6))
            {
                case 0:
                    bytes[at] = (byte)chance.Below(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(chance.Below(40), bytes.Count - at)));
                    break;
                case 4:
                    bytes.RemoveRange(at, Math.Min(chance.Below(40), bytes.Count - at));
                    break;
                default:
                    const string Structure = "{}[],:-&*!|>'\"%@`#?\n\t ";
                    bytes.Insert(at, (byte)Structure[chance.Below(Structure.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
