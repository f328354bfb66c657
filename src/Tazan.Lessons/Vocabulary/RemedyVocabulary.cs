using System.Collections.Immutable;

namespace Tazan.Lessons.Vocabulary;

/// <summary>
/// What can be done about an exposure, by name. Closed like the effects, so that a plan can compare remedies and carry
/// them out; a remedy whose name begins with <c>own-</c> is the user's, takes no parameters and is only described.
/// </summary>
/// <remarks>Immutable, thread-safe.</remarks>
public static class RemedyVocabulary
{
    /// <summary>How the name of a user's own remedy begins.</summary>
    public const string OwnPrefix = "own-";

    /// <summary>All remedies.</summary>
    public static ImmutableArray<Word> Remedies { get; } =
    [
        // What an instance is and runs on.
        Word.Of("migrate-to-hvm", "Put the root volume behind an HVM instance."),
        Word.Of("update-pv-grub", "Start with the newest PV-GRUB kernel id before the next restart."),
        Word.Of("larger-type", "Move to a larger instance type.", "factor number -- capacity afterwards as a multiple of before"),
        Word.Of("fixed-performance-type", "Move from a burstable type to one without credits."),
        Word.Of("unlimited-credits", "Let a burstable instance borrow and be billed instead of slowed."),
        Word.Of("move-role", "Keep a tried way to run the role on other hardware or in another place."),

        // How many there are and where.
        Word.Of("add-members", "Run more members, so that each carries less.", """
            members count -- how many more
            share share -- how many more, as a share of the members there are
            """),
        Word.Of("spread-zones", "Place the members over more zones.", "zones count -- in how many zones afterwards"),
        Word.Of("keep-headroom", "Hold enough capacity to lose a zone without launching anything.", "share share -- spare capacity as a share of the load"),
        Word.Of("static-capacity", "Run the day's peak before it is needed, and not by launching at the peak.", "ahead duration -- how long before"),
        Word.Of("add-standby", "Give a single or primary member a standby in another zone."),
        Word.Of("reserve-capacity", "Hold reserved capacity in the zones that must take over.", "share share -- reserved, as a share of the members"),
        Word.Of("auto-recovery", "Let the provider restart the instance on another host after a failed system check."),

        // Restarts and boots.
        Word.Of("reboot-before-deadline", "Restart members yourself, a few at a time, before the provider does.", "at_once count -- how many members at one time; 1 where left out"),
        Word.Of("event-window", "Tell the provider in which hours it may restart."),
        Word.Of("prove-boot", "Start a copy from the newest image in an isolated place and see that it comes up.", "every duration -- how often"),
        Word.Of("rebuild-image", "Build the image anew instead of copying a running system."),
        Word.Of("cold-start-test", "Start the whole service from nothing, in order, and measure it.", "every duration -- how often"),
        Word.Of("alternate-contact", "Set the account's alternate contact for operations, so that notices reach somebody."),

        // Copies and restores.
        Word.Of("restore-drill", "Restore a copy, read it, let the application answer, and time it.", "every duration -- how often"),
        Word.Of("snapshot-schedule", "Copy volumes by schedule.", """
            every duration -- how often
            keep duration -- how long
            """),
        Word.Of("warm-volume", "Read a restored volume once before it is used.", "speed speed -- of that reading"),
        Word.Of("enable-fast-restore", "Keep the newest snapshot at full speed in the zones where it will be needed."),
        Word.Of("provision-initialization-rate", "Pay for a steady rate at which a restored volume is filled.", "speed speed -- 100 to 300 MiB/s"),
        Word.Of("enable-database-standby", "Make a managed database multi-zone."),

        // Volumes.
        Word.Of("change-to-gp3", "Change a volume's type to gp3, which has no bucket.", """
            iops count -- provisioned; 3,000 are included
            throughput speed -- provisioned; 125 MiB/s are included
            """),
        Word.Of("larger-volume", "Grow the volume, and with it its baseline.", "size size -- afterwards"),

        // Network.
        Word.Of("untrack-port", "Open a port in both directions, so that its flows are not tracked, and guard it elsewhere.", """
            port count -- the port
            protocol choice(tcp|udp) -- tcp where left out
            """),
        Word.Of("shorten-idle-timeout", "Let tracked connections that say nothing be forgotten sooner.", "timeout duration -- 60 s to 5 d"),
        Word.Of("reuse-connections", "Keep connections open and share them (pools, proxies), so that fewer are made."),
        Word.Of("cache-dns", "Answer name look-ups on the host.", "ttl duration -- how long an answer is kept"),
        Word.Of("fewer-lookups", "Shorten search lists and write names out, so that one look-up is one query."),
        Word.Of("split-interfaces", "Use more interfaces or hosts, each with its own limit.", "factor number -- how many times as many"),

        // Caches and load.
        Word.Of("limit-refill", "Let one client refill a key while the others wait, and never delete on error."),
        Word.Of("shed-load", "Refuse work at the door above what the database bears, and let it back slowly.", "share share -- what is let in at first"),
        Word.Of("replicate-cache", "Keep each key on two cache nodes."),
        Word.Of("slow-rollout", "Change no more members at a time than the rest can bear.", "at_once count -- how many members at one time"),

        // Balancers and scaling.
        Word.Of("shallow-health-check", "Let the balancer's check see only the member itself, not what it depends on.", "path text -- what to ask for"),
        Word.Of("separate-health-checks", "Let the balancer take members out, and only the host check replace them."),
        Word.Of("cap-removal", "Limit how much capacity automation may take out at a time.", "share share -- of the members"),
        Word.Of("scale-on-demand", "Scale on requests or latency rather than on CPU, which falls when members wait."),
        Word.Of("suspend-scale-in", "Stop scaling in for the time of an incident."),
        Word.Of("register-targets", "Put members back behind the balancer, and be told when some are missing."),

        // Functions, queries and money.
        Word.Of("queue-instead-of-recursion", "Drive a fixed list of work from a queue or a workflow instead of a function that calls itself."),
        Word.Of("stop-on-loop", "Let the provider's loop detection stop the function."),
        Word.Of("cap-concurrency", "Reserve a small concurrency, so that a loop runs at that rate at most.", "limit count -- concurrent runs"),
        Word.Of("cap-scan", "Limit what one query may scan.", "size size -- for each query"),
        Word.Of("query-where-data-lie", "Run the query in the region of its data."),
        Word.Of("narrow-trail", "Keep a trail from logging the bucket that it writes to."),
        Word.Of("budget-alarm", "Be told when a day's cost or count passes the plan.", "usd money -- a day"),

        // Knowing.
        Word.Of("watch-metric", "Alarm on the metric that shows it first.", """
            metric text required -- its name
            below number -- alarm below this
            above number -- alarm above this
            """),
        Word.Of("outside-monitor", "Watch from outside, deeply enough to see an answer rather than an open port."),
        Word.Of("renew-certificate", "Renew and roll out the certificate.", "ahead duration -- how long before the end"),
    ];

    /// <summary>The remedy of that name, or null.</summary>
    public static Word? Find(string name) => Remedies.FirstOrDefault(r => r.Name == name);
}
