using System.Collections.Immutable;

namespace Tazan.Cli.Output;

/// <summary>One client of a managed-service company, as the caller finds it in the snapshot: by account or by a tag's value.</summary>
public sealed record Client
{
    /// <summary>The account or the tag's value; never empty.</summary>
    public required string Name { get; init; }

    /// <summary>How many resources of the fleet are this client's; 0 when nobody counted.</summary>
    public long Resources { get; init; }

    /// <summary>The accounts this client has to itself: another account's blind spot then says nothing about it. Empty: any blind spot may hide its resources.</summary>
    public ImmutableArray<string> Accounts { get; init; } = [];
}

/// <summary>What one client is told.</summary>
/// <param name="Client">The client; an empty name is what belongs to no client.</param>
/// <param name="Report">The client's own exposures and nothing about the others.</param>
public sealed record ClientReport(Client Client, CheckReport Report)
{
    /// <summary>Exposed when any lesson is, else unknown when any is, else clear.</summary>
    public Answer Answer => Report.Answers.Select(static a => a.Answer).DefaultIfEmpty(Answer.Clear).Max();
}
