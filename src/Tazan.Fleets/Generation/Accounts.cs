namespace Tazan.Fleets;

/// <summary>What belongs to accounts rather than regions: who they are, contacts, quotas, Health, Trusted Advisor, tags.</summary>
internal static class Accounts
{
    // A few of Trusted Advisor's checks; ids and names as the Support API documents them.
    private static readonly (string Id, string Name, string Category)[] Checks =
    [
        ("H7IgTzjTYb", "Amazon EBS Snapshots", "fault_tolerance"), ("wuy7G1zxql", "Amazon EC2 Availability Zone Balance", "fault_tolerance"), ("f2iK5R6Dep", "Amazon RDS Multi-AZ", "fault_tolerance"),
        ("opQPADkZvH", "Amazon RDS Backups", "fault_tolerance"), ("8CNsSllI5v", "Auto Scaling Group Resources", "fault_tolerance"), ("Qch7DwouX1", "Low Utilization Amazon EC2 Instances", "cost_optimizing"),
    ];

    public static void Save(World world)
    {
        var organization = "o-" + world.Ids.Letters("organization", 10).ToLowerInvariant();
        var first = world.Spec.Accounts[0];
        foreach (var account in world.Spec.Accounts)
        {
            world.One(account.Id, World.Global, "sts-get-caller-identity", new Json
            {
                { "UserId", $"AROA{world.Ids.Letters("caller", 17)}:tazan" }, { "Account", account.Id }, { "Arn", $"arn:aws:sts::{account.Id}:assumed-role/ReadOnly/tazan" },
            });
            foreach (var contact in account.Contacts)
            {
                var type = contact.ToUpperInvariant();
                world.One(account.Id, World.Global, "account-get-alternate-contact", new Json
                {
                    { "AlternateContact", new Json { { "AlternateContactType", type }, { "EmailAddress", $"aws-{contact}@example.com" }, { "Name", $"{contact} desk" }, { "PhoneNumber", "+81-3-0000-0000" }, { "Title", contact } } },
                }, type);
            }

            world.One(account.Id, World.Global, "account-get-contact-information", new Json
            {
                { "ContactInformation", new Json { { "AddressLine1", "1-1 Example" }, { "City", "Tokyo" }, { "CountryCode", "JP" }, { "FullName", account.Name }, { "PhoneNumber", "+81-3-0000-0000" }, { "PostalCode", "100-0000" } } },
            });
            world.One(account.Id, World.Global, "organizations-describe-organization", new Json
            {
                { "Organization", new Json { { "Id", organization }, { "Arn", $"arn:aws:organizations::{first.Id}:organization/{organization}" }, { "FeatureSet", "ALL" }, { "MasterAccountArn", $"arn:aws:organizations::{first.Id}:account/{organization}/{first.Id}" }, { "MasterAccountId", first.Id }, { "MasterAccountEmail", first.Email }, { "AvailablePolicyTypes", Json.None } } },
            });
            if (account.HasSupport)
            {
                Health(world, account);
                Advice(world, account);
            }
        }

        // Only the organization's management account may list the members; the first account is it.
        world.List(first.Id, World.Global, "organizations-list-accounts", "Accounts", [.. world.Spec.Accounts.Select(a => new Json
        {
            { "Id", a.Id }, { "Arn", $"arn:aws:organizations::{first.Id}:account/{organization}/{a.Id}" }, { "Email", a.Email }, { "Name", a.Name }, { "Status", "ACTIVE" }, { "State", "ACTIVE" },
            { "JoinedMethod", a == first ? "INVITED" : "CREATED" }, { "JoinedTimestamp", world.Now - TimeSpan.FromDays(1500) },
        })]);
        foreach (var site in world.Sites)
        {
            Quotas(site);
            Tagged(world, site);
        }
    }

    private static void Health(World world, AccountSpec account)
    {
        var announced = world.Announced.Where(a => a.Spec.Site.Account == account).Select(a =>
        {
            var code = ScheduledEvents.HealthCode(a.Spec);
            return (Announced: a, Code: code, Arn: $"arn:aws:health:{a.Spec.Site.Region}::event/EC2/{code}/{code}_{world.Ids.Uuid("health event")}");
        }).ToArray();
        world.List(account.Id, World.Global, "health-describe-events", "events", [.. announced.Select(a => new Json
        {
            { "arn", a.Arn }, { "service", "EC2" }, { "eventTypeCode", a.Code }, { "eventTypeCategory", "scheduledChange" }, { "region", a.Announced.Spec.Site.Region },
            { "startTime", a.Announced.First }, { "endTime", a.Announced.Last }, { "lastUpdatedTime", world.Now - TimeSpan.FromDays(1) }, { "statusCode", "upcoming" }, { "eventScopeCode", "ACCOUNT_SPECIFIC" },
        })], pageSize: 100);
        world.List(account.Id, World.Global, "health-describe-affected-entities", "entities", [.. announced.SelectMany(a => a.Announced.Machines.Select(m => new Json
        {
            { "entityArn", $"arn:aws:health:{a.Announced.Spec.Site.Region}:{account.Id}:entity/{m.Id[2..]}" }, { "eventArn", a.Arn }, { "entityValue", m.Id }, { "awsAccountId", account.Id },
            { "lastUpdatedTime", world.Now - TimeSpan.FromDays(1) }, { "statusCode", "IMPAIRED" }, { "tags", new Json { { "Name", m.Name } } },
        }))], pageSize: 100);
    }

    private static void Advice(World world, AccountSpec account)
    {
        world.One(account.Id, World.Global, "support-describe-trusted-advisor-checks", new Json
        {
            { "checks", Checks.Select(static c => new Json { { "id", c.Id }, { "name", c.Name }, { "description", c.Name }, { "category", c.Category }, { "metadata", new[] { "Status", "Region", "Resource", "Reason" } } }).ToArray() },
        });
        // One check's result: the DB instances in a single zone.
        var (single, all) = (world.Spec.Databases.Where(d => d.Site.Account == account && !d.MultiAz).ToArray(), world.Spec.Databases.Count(d => d.Site.Account == account));
        world.One(account.Id, World.Global, "support-describe-trusted-advisor-check-result", new Json
        {
            {
                "result", new Json
                {
                    { "checkId", "f2iK5R6Dep" }, { "timestamp", (world.Now - TimeSpan.FromHours(11)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) }, { "status", single.Length == 0 ? "ok" : "warning" },
                    { "resourcesSummary", new Json { { "resourcesProcessed", all }, { "resourcesFlagged", single.Length }, { "resourcesIgnored", 0 }, { "resourcesSuppressed", 0 } } },
                    { "categorySpecificSummary", new Json { { "costOptimizing", new Json { { "estimatedMonthlySavings", 0.0 }, { "estimatedPercentMonthlySavings", 0.0 } } } } },
                    {
                        "flaggedResources", single.Select(d => new Json
                        {
                            { "status", "warning" }, { "region", d.Site.Region }, { "resourceId", world.Ids.Letters("advisor", 43) }, { "isSuppressed", false },
                            { "metadata", new[] { "Yellow", $"{d.Site.Region}{d.Zone}", d.Name, "No" } },
                        }).ToArray()
                    },
                }
            },
        }, "f2iK5R6Dep");
    }

    private static void Quotas(Site site)
    {
        Json Quota(string service, string serviceName, string code, string name, double value) => new()
        {
            { "ServiceCode", service }, { "ServiceName", serviceName }, { "QuotaArn", site.Arn("servicequotas", $"{service}/{code}") }, { "QuotaCode", code }, { "QuotaName", name }, { "Value", value }, { "Unit", "None" },
            { "Adjustable", true }, { "GlobalQuota", false }, { "QuotaAppliedAtLevel", "ACCOUNT" },
        };
        site.Save("service-quotas-list-service-quotas", "Quotas", [
            Quota("ec2", "Amazon Elastic Compute Cloud (Amazon EC2)", "L-1216C47A", "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", site.Spec.VcpuQuota),
            Quota("ec2", "Amazon Elastic Compute Cloud (Amazon EC2)", "L-0263D0A3", "EC2-VPC Elastic IPs", 20),
        ], "ec2");
        site.Save("service-quotas-list-service-quotas", "Quotas", [Quota("autoscaling", "Amazon EC2 Auto Scaling", "L-CDE20ADC", "Auto Scaling groups per region", 500)], "autoscaling");
    }

    // Tags of what does not carry them in its own answer.
    private static void Tagged(World world, Site site)
    {
        var spec = world.Spec;
        var tagged = spec.Caches.Where(c => c.Site == site.Spec).Select(c => (Arn: Caches.Arn(site, c), c.Tags))
            .Concat(spec.Functions.Where(f => f.Site == site.Spec).Select(f => (Arn: Functions.Arn(site, f), f.Tags)))
            .Concat(spec.LoadBalancers.Where(b => b.Site == site.Spec && world.BalancerArns.ContainsKey(b)).Select(b => (Arn: world.BalancerArns[b], b.Tags)));
        site.Save("resourcegroupstaggingapi-get-resources", "ResourceTagMappingList", [.. tagged.Select(static t => new Json { { "ResourceARN", t.Arn }, { "Tags", World.Tags(t.Tags) } })], pageSize: 100);
    }
}
