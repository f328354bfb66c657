using System.Collections.Immutable;

namespace Tazan.Inventory.Schema;

/// <summary>The tables that C# derives from the others. Every row has a reason a person can check.</summary>
public static class FactTables
{
    /// <summary>All fact tables, in the order they are derived.</summary>
    public static ImmutableArray<Table> All { get; } =
    [
        Fact("security_group_rule", "One rule of one group, flat: one source and one address family a row.", "group_id direction ip_protocol from_port to_port source", """
            group_id
            direction -- ingress or egress
            ip_protocol -- tcp, udp, icmp, icmpv6, all, or a protocol number
            from_port int -- 0 where the protocol is all; the ICMP type for ICMP
            to_port int -- 65535 where the protocol is all
            family -- ipv4 or ipv6
            source_kind -- cidr, group or prefix-list
            source -- the range, the group's id, or the prefix list's id
            description
            """),

        Fact("service", "A group of instances doing one job.", "service", """
            service -- the name, unique in the snapshot
            kind -- stateless, cache, primary-standby, quorum, batch or single
            kind_reason -- why that kind
            confidence real -- 0 to 1, how sure the grouping and the kind are; 1 where declared
            reason -- why these instances are one service
            origin -- declared, tag, auto-scaling-group, target-group, name or security-group
            member_count int -- instances that are not terminated
            running_count int
            zone_count int
            zones list
            largest_zone_share real -- share of the running members in the fullest zone, 0 to 1
            quorum_size int -- how many must be up; null for other kinds
            auto_scaling_group_name
            ports list -- what its members listen on, by their groups' ingress rules
            instance_types list
            load_balanced bool -- whether a balancer's health checks decide who gets requests
            security_groups list -- the groups its members have
            """),
        Fact("service_member", "One instance of a service.", "instance_id", """
            service
            instance_id
            availability_zone
            instance_type
            state
            role -- primary, standby, or empty where nothing tells
            reason -- why it is a member
            """),
        Fact("service_dependency", "One service that needs another.", "service depends_on port", """
            service -- who needs
            depends_on -- a service's name, or db:NAME, cache:NAME for managed ones
            protocol
            port int
            reason
            origin -- declared or security-group
            """),

        Fact("group_set", "One distinct set of security groups on interfaces of one VPC. Rules are judged on the union, so once for each set.", "group_set", """
            group_set -- the group ids in ordinal order, joined by +
            group_ids list
            vpc_id
            interface_count int
            has_ipv6 bool -- whether one of its interfaces has an IPv6 address
            """),
        Fact("interface_group_set", "Which set of groups an interface has.", "network_interface_id", """
            network_interface_id
            group_set
            instance_id
            instance_type
            subnet_id
            """) with { IsIndexed = false },
        Fact("group_set_tracking", "Whether flows are tracked for one set of groups, by protocol, ports, family and direction.", "group_set direction protocol from_port family", """
            group_set
            direction -- inbound or outbound: who opens the connection
            protocol -- tcp, udp, icmp or other
            from_port int
            to_port int
            family -- ipv4 or ipv6
            tracked bool
            rule -- the rule that lets the flow in (or out)
            response_rule -- the rule that decides about its answers; empty where none does
            reason
            """),
        Fact("automatic_tracking", "A path whose flows are tracked whatever the rules say.", "network_interface_id path via", """
            network_interface_id
            instance_id
            path -- nat-gateway, network-load-balancer, egress-only-internet-gateway, interface-endpoint, dynamodb-endpoint, global-accelerator, network-firewall or lambda
            via -- the gateway, balancer or endpoint
            entries_per_connection int -- 1; 2 for the DynamoDB gateway endpoint
            reason
            """),
        Fact("connection_limit", "How near one instance is to its limit of tracked connections.", "instance_id", """
            instance_id
            instance_type
            has_tracked_inbound bool -- whether any inbound TCP or UDP flow it accepts is tracked; null where no groups were read
            tracked_ports -- the inbound ports that are tracked, such as tcp/11211
            max_tracked int -- null where nothing is known
            max_basis -- measured here, known, estimated or unknown
            max_source -- where the maximum comes from
            available_minimum int -- least conntrack_allowance_available seen; null without that metric
            used int -- max_tracked - available_minimum; null where either is unknown
            headroom real -- 1 - used / max_tracked
            exceeded int -- sum of conntrack_allowance_exceeded seen; null without that metric
            packets_flat_ceiling bool -- whether NetworkPacketsIn stood at a flat ceiling while CPU stayed low; null without metrics
            tcp_established_timeout int -- seconds; the interface's own or the type's default
            reason
            """) with { IsIndexed = false },

        Fact("reach_set", "One distinct combination of groups, subnet rules and public address that decides who reaches an interface.", "reach_set", """
            reach_set -- group_set, subnet's ACL, and whether a public path exists
            group_set
            network_acl_id
            public_path bool -- a public address and a route to an internet gateway
            interface_count int
            """),
        Fact("interface_reach_set", "Which combination an interface has.", "network_interface_id", """
            network_interface_id
            reach_set
            instance_id
            """) with { IsIndexed = false },
        Fact("reachability", "Who can open a connection to one combination: exact ranges and groups.", "reach_set protocol from_port source", """
            reach_set
            protocol
            from_port int
            to_port int
            family
            source_kind -- cidr, group or prefix-list
            source -- a range, or a group's id
            exposure -- internet, vpc, peered, group or private: from where that source can really come
            reason -- the group rule, the ACL entry and the route that let it in
            """),

        Fact("bootability", "Whether one instance, image or launch template will boot again.", "subject_id subject_type", """
            subject_type -- instance, image, launch_template or launch_configuration
            subject_id
            verdict -- boots, at-risk, will-not-boot or unknown
            risk -- pv-grub-outdated, pv-kernel-missing, pv-unproven, virtualization-mismatch, ena-missing, nvme-unproven, boot-mode-mismatch, architecture-mismatch, image-missing, image-disabled, key-unusable, snapshot-missing, snapshot-archived, never-booted or empty
            kernel_id
            pv_grub_version
            successor_kernel_id -- the newest PV-GRUB of that region, architecture and boot device; empty where none is needed
            image_id
            image_last_launched time
            up_since time -- the launch time: how long the boot path has gone unproven
            reason
            """),

        Fact("provider_event", "One pending event of the provider, joined to what it hits.", "instance_id instance_event_id", """
            instance_id
            instance_event_id
            code
            what -- what it will do to the instance, in words
            not_before time
            not_after time
            deadline time -- the latest start it may be moved to; null where it cannot be moved
            movable bool
            days_left real -- from the snapshot's time to not_before
            service
            availability_zone
            overlapping_members int -- members of the service (this one included) whose windows overlap this one
            service_members int
            breaks_quorum bool -- whether the overlap takes the majority of a quorum, both of a pair, or the only one
            loses_instance_store bool
            same_zone_share real -- share of the zone's running instances of this fleet with an event that day
            bootability -- the instance's verdict
            reason
            """),

        Fact("restorability", "How one volume would come back.", "volume_id", """
            volume_id
            instance_id
            service
            size int -- GiB
            is_root bool
            newest_snapshot_id
            newest_snapshot_at time
            newest_image_id
            newest_image_at time
            newest_recovery_point
            age_hours real -- of the newest copy of any kind; null where there is none
            proven bool -- whether a restore from a copy of this volume was ever seen to work
            proven_at time
            proven_by -- the restore job, or the instance or volume made from the copy
            fast_restore bool -- fast snapshot restore enabled for that snapshot in the volume's zone
            initialization_rate int -- MiB/s, where provisioned
            hours_best real -- to full speed, at the best rate
            hours_worst real -- to full speed, at the worst rate
            initializing bool -- restored and not yet at full speed now; null where unknown
            reason
            """),

        Fact("loop", "A function that can reach itself.", "function_name path", """
            function_name
            function_arn
            path -- how it comes back: self, or the hops joined by arrows
            hops int
            detected bool -- whether the provider's own loop detection would see it and stop it
            recursive_loop -- Allow, Terminate or empty where unknown
            reserved_concurrency int
            reason
            """),
        Fact("cross_region_scan", "Queries in one region whose data lie in another.", "workgroup query_region data_region bucket", """
            workgroup
            query_region
            data_region
            bucket
            queries int
            bytes_scanned int
            first_at time
            last_at time
            usd_per_tb real -- scan and transfer together
            usd_spent real -- for what was scanned
            bytes_cutoff int -- the workgroup's limit a query; null means none
            price_source
            reason
            """),

        Fact("safety_net", "One thing that should catch a fall, and whether it is there.", "net subject_type subject_id", """
            net -- minimum-size, zone-spread, health-check-type, status-alarm, alarm-actions, alternate-contact, event-window, auto-recovery, credit-mode, volume-burst, instance-maintenance-policy, load-balancer-zones, health-check-depth, database-standby, database-backup, deletion-protection or restore-testing
            subject_type
            subject_id
            service
            present bool
            value -- what was found
            wanted -- what would hold
            reason
            """),
        Fact("credit", "The CPU credits of one burstable instance.", "instance_id", """
            instance_id
            instance_type
            service
            mode -- standard or unlimited
            mode_source -- described, or the family's default
            baseline_percent real -- per vCPU
            credits_per_hour real
            maximum_balance real
            balance real -- newest CPUCreditBalance; null without metrics
            balance_minimum real
            cpu_average real -- per cent, over the metric's time
            hours_to_empty real -- at that load from the newest balance; null where the load is within the baseline or unknown
            reason
            """) with { IsIndexed = false },
        Fact("burst", "The I/O bucket of one volume.", "volume_id", """
            volume_id
            instance_id
            service
            volume_type
            size int -- GiB
            baseline_iops real -- MiB/s for st1 and sc1
            burst_iops real
            balance_percent real -- newest BurstBalance; null without metrics
            balance_minimum real
            average_iops real -- null without metrics
            seconds_to_empty real -- at the burst rate from a full bucket
            exhausted bool -- whether the balance was seen below 5 per cent
            reason
            """),

        Fact("metric", "One measured series, summarised.", "namespace metric_name resource_id statistic", """
            namespace
            metric_name
            dimension -- the dimension's name, such as InstanceId
            resource_id -- the dimension's value
            statistic
            points int
            first_at time
            last_at time
            period int -- seconds between points
            minimum real
            average real
            maximum real
            p50 real
            p90 real
            p99 real
            last real
            total real
            """),
    ];

    private static Table Fact(string name, string meaning, string key, string columns) => new(
        name,
        meaning,
        [.. columns.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Column.ParseDerived)],
        [.. key.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        IsFact: true);
}
