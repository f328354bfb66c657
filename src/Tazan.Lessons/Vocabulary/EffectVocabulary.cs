using System.Collections.Immutable;

namespace Tazan.Lessons.Vocabulary;

/// <summary>
/// Everything that can happen in a lesson. Closed, since each effect is something the simulator carries out; a lesson
/// that needs another one needs it here first.
/// </summary>
/// <remarks>Ranges and units are those of <see cref="ParameterKind"/>. Immutable, thread-safe.</remarks>
public static class EffectVocabulary
{
    /// <summary>What an effect can hit, seen from the exposed resources.</summary>
    public static ImmutableArray<(string Name, string Meaning)> Targets { get; } =
    [
        ("exposed", "the resources that the lesson's SQL returned"),
        ("service", "all members of the services that an exposed resource belongs to"),
        ("dependents", "the services that need those services"),
        ("dependencies", "the services that those services need"),
        ("zone", "everything of the fleet in one availability zone, drawn per trial among the zones of the exposed"),
        ("region", "everything of the fleet in the exposed resource's region"),
        ("account", "everything in the exposed resource's account"),
    ];

    /// <summary>All effects, members and hosts first, then storage, network, control plane, load, money.</summary>
    public static ImmutableArray<Word> Effects { get; } =
    [
        Word.Of("reboot", "Targets restart and, if they boot, come back.", """
            down duration required -- how long one target is away
            share share -- how many of the targets; 1 where left out
            order choice(all-at-once|zone-by-zone|one-by-one) -- all-at-once where left out
            window duration -- from the first restart to the last; 0 where left out
            """),
        Word.Of("live-migrate", "The provider moves targets to other hosts without a restart.", """
            pause duration required -- how long a target stands still
            share share -- how many of the targets; 1 where left out
            """),
        Word.Of("stop", "Targets stop and stay down until somebody acts.", """
            share share -- how many of the targets; 1 where left out
            repair duration -- how long somebody needs, once they begin
            """),
        Word.Of("fail-to-boot", "Targets that restart or are launched do not come up.", """
            probability share required -- for each boot
            shows choice(running-check-failed|stopped|pending) -- what the console says meanwhile; running-check-failed where left out
            repair duration -- how long one engineer needs for one target
            """),
        Word.Of("slowdown", "Targets do the same work at a part of their speed.", """
            capacity share required -- what is left of the normal capacity
            share share -- how many of the targets; 1 where left out
            """),
        Word.Of("exhaust-credits", "A token bucket runs empty and the target falls to its baseline.", """
            bucket choice(cpu|volume|network) required -- which bucket
            baseline share required -- what is left, as a share of the burst
            """),
        Word.Of("lose-zone", "A part of an availability zone goes dark at once.", """
            instances share required -- how many of the zone's instances
            volumes share -- how many of the zone's volumes; as instances where left out
            back duration -- from the loss until a target is usable again
            never share -- how many of the lost volumes never come back; 0 where left out
            """),
        Word.Of("partition", "Targets run but cannot be reached.", """
            share share -- how many of the targets; 1 where left out
            """),
        Word.Of("slow-volume", "Volumes answer slowly.", """
            capacity share -- what is left of the normal speed
            speed speed -- the speed that is left, where the lesson knows it in figures
            first_reads_only flag -- whether only the first read of each block is slow; false where left out
            """),
        Word.Of("stuck-volume", "Volumes answer nothing; whoever reads or writes them hangs.", """
            share share required -- how many of the zone's volumes
            never share -- how many of all never come back; 0 where left out
            """),
        Word.Of("lose-data", "What was written last is gone.", """
            probability share required -- for each target
            age duration -- how old the newest copy is that can be used; as measured in the fleet where left out
            """),
        Word.Of("refuse-new-connections", "Above a limit new connections are dropped silently; established ones go on.", """
            limit count -- tracked connections a target can hold; the fact connection_limit where left out
            share share -- how many of the targets reach it; by their load where left out
            """),
        Word.Of("packet-limit", "Above a number of packets a second and interface the rest is dropped.", """
            rate rate required -- packets a second that pass, for each interface
            to choice(resolver|metadata|any) -- whose packets count; any where left out
            amplification number -- packets for each look-up or request; 1 where left out
            """),
        Word.Of("fail-dependency", "Something that targets call answers with errors.", """
            name choice(dns|s3|dynamodb|sts|database|cache|internal) required -- what they call
            errors share required -- how many of the calls fail
            """),
        Word.Of("drop-cache", "A cache forgets a part of its keys, and the reads go to what stands behind it.", """
            share share required -- how many of the keys
            refill duration -- how long refilling takes at normal load
            """),
        Word.Of("shift-load", "Load grows or moves: retries, refills, or the share of members that are gone.", """
            factor number required -- the load afterwards, as a multiple of the load before
            onto choice(survivors|dependencies|same) -- who carries it; same where left out
            """),
        Word.Of("deregister-targets", "Load balancers take members out although they could work.", """
            share share required -- how many of the members
            because choice(health-check|deploy|failover) -- health-check where left out
            """),
        Word.Of("scale-in", "Automation removes healthy members because a signal misleads it.", """
            share share required -- how many of the members
            signal text -- what it looked at
            """),
        Word.Of("block-control-plane", "Calls that change something fail; what runs goes on running.", """
            calls choices(launch|stop|attach|snapshot|scale|register|dns|describe) required -- which calls
            errors share -- how many of them fail; 1 where left out
            says text -- what the error text claims, where it misleads
            """),
        Word.Of("throttle-api", "Calls beyond a rate are refused.", """
            rate rate required -- calls a second that pass, for each account and region
            calls choices(launch|stop|attach|snapshot|scale|register|dns|describe) -- which; all where left out
            """),
        Word.Of("insufficient-capacity", "Launches are refused because the zone has no room.", """
            probability share required -- for each launch
            """),
        Word.Of("blind-monitoring", "Signals are late or missing.", """
            delay duration -- until somebody notices by another way
            share share -- how many of the signals; 1 where left out
            """),
        Word.Of("expire", "An instant after which targets are refused.", """
            mend duration -- how long replacing it takes once it is known
            """),
        Word.Of("runaway", "Something repeats without end and costs money; nothing breaks.", """
            runs count -- runs a day while it goes on
            data size -- data each run reads or moves
            usd_per_tib money -- price of a TiB of that data
            usd_per_day money -- the cost a day, where that alone is known
            noticed duration required -- until somebody notices
            """),
    ];

    /// <summary>The effect of that name, or null.</summary>
    public static Word? Find(string name) => Effects.FirstOrDefault(e => e.Name == name);
}
