namespace Tazan.Inventory.Facts.Nets;

/// <summary>Writes rows of <c>safety_net</c>.</summary>
internal sealed class NetWriter(FactContext context) : IDisposable
{
    private readonly FactWriter writer = context.Write("safety_net");

    internal void Write(string account, string region, string net, string subjectType, string subjectId, string service, bool present, string value, string wanted, string reason) =>
        writer.Row(account, region).Add(net).Add(subjectType).Add(subjectId).Add(service).Add((bool?)present).Add(value).Add(wanted).Add(reason).End();

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();
}
