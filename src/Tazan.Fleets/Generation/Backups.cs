namespace Tazan.Fleets;

/// <summary>AWS Backup: plans, vaults, what they protect, and whether a restore was ever tried.</summary>
internal static class Backups
{
    public static void Save(World world, Site site)
    {
        var mine = world.Spec.Backups.Where(b => b.Site == site.Spec).ToArray();
        var protectedByArn = mine.SelectMany(b => Protected(site, b).Select(p => (Plan: b, p.Type, p.Arn))).DistinctBy(static p => p.Arn).ToArray();
        site.Save("backup-list-backup-plans", "BackupPlansList", [.. mine.Select(b => new Json
        {
            { "BackupPlanArn", site.Arn("backup", "backup-plan:" + PlanId(b)) }, { "BackupPlanId", PlanId(b) }, { "CreationDate", world.Now - TimeSpan.FromDays(500) },
            { "VersionId", world.Ids.Letters("plan version", 48) }, { "BackupPlanName", b.Name }, { "LastExecutionDate", world.Now - TimeSpan.FromHours(7) },
        })]);
        site.Save("backup-list-backup-vaults", "BackupVaultList", [.. mine.Select(b => new Json
        {
            { "BackupVaultName", Vault(b) }, { "BackupVaultArn", site.Arn("backup", "backup-vault:" + Vault(b)) }, { "VaultType", "BACKUP_VAULT" }, { "VaultState", "AVAILABLE" },
            { "CreationDate", world.Now - TimeSpan.FromDays(500) }, { "EncryptionKeyArn", site.Arn("kms", "key/" + world.Ids.Uuid("vault key")) },
            { "NumberOfRecoveryPoints", protectedByArn.Count(p => p.Plan == b) }, { "Locked", false },
        })]);
        foreach (var plan in mine)
        {
            site.Save("backup-list-recovery-points-by-backup-vault", "RecoveryPoints", [.. protectedByArn.Where(p => p.Plan == plan).Select(p => new Json
            {
                { "RecoveryPointArn", p.Type == "RDS" ? site.Arn("rds", "snapshot:awsbackup:job-" + world.Ids.Uuid("recovery point")) : $"arn:aws:ec2:{site.Region}::image/{world.Ids.New("ami")}" },
                { "BackupVaultName", Vault(plan) }, { "BackupVaultArn", site.Arn("backup", "backup-vault:" + Vault(plan)) }, { "ResourceArn", p.Arn }, { "ResourceType", p.Type },
                { "CreatedBy", new Json { { "BackupPlanId", PlanId(plan) }, { "BackupPlanArn", site.Arn("backup", "backup-plan:" + PlanId(plan)) } } },
                { "IamRoleArn", $"arn:aws:iam::{site.Account}:role/service-role/AWSBackupDefaultServiceRole" }, { "Status", "COMPLETED" },
                { "CreationDate", world.Now - TimeSpan.FromHours(7) }, { "CompletionDate", world.Now - TimeSpan.FromHours(6) }, { "BackupSizeInBytes", 64L << 30 },
                { "IsEncrypted", true }, { "LastRestoreTime", null },
            })], Vault(plan));
        }

        site.Save("backup-list-protected-resources", "Results", [.. protectedByArn.Select(p => new Json
        {
            { "ResourceArn", p.Arn }, { "ResourceType", p.Type }, { "LastBackupTime", world.Now - TimeSpan.FromHours(6) }, { "LastBackupVaultArn", site.Arn("backup", "backup-vault:" + Vault(p.Plan)) },
        })]);
        site.Save("backup-list-backup-jobs", "BackupJobs", []);
        site.Save("backup-list-restore-jobs", "RestoreJobs", [.. mine.SelectMany(b => Restores(world, site, b))]);
        site.Save("backup-list-restore-testing-plans", "RestoreTestingPlans", [.. mine.Where(static b => b.RestoreTesting).Select(b => new Json
        {
            { "CreationTime", world.Now - TimeSpan.FromDays(200) }, { "LastExecutionTime", world.Now - TimeSpan.FromDays(3) }, { "RestoreTestingPlanArn", site.Arn("backup", $"restore-testing-plan:{TestName(b)}-{PlanId(b)}") },
            { "RestoreTestingPlanName", TestName(b) }, { "ScheduleExpression", "cron(0 3 ? * SUN *)" }, { "ScheduleExpressionTimezone", "Etc/UTC" }, { "StartWindowHours", 24 },
        })]);
    }

    private static string PlanId(BackupSpec b) => new Ids(new RandomStream(0).For(b.Site.Account.Id + b.Site.Region + b.Name)).Uuid("plan");

    private static string Vault(BackupSpec b) => b.Name + "-vault";

    private static string TestName(BackupSpec b) => b.Name.Replace('-', '_').Replace('.', '_') + "_restore";

    private static IEnumerable<(string Type, string Arn)> Protected(Site site, BackupSpec b) =>
        b.Services.SelectMany(site.Of).Select(m => ("EC2", site.Arn("ec2", $"instance/{m.Id}"))).Concat(b.Databases.Select(d => ("RDS", Databases.Arn(site, d))));

    // Restore jobs are of the last weeks, one after another, on the protected resources in turn.
    private static IEnumerable<Json> Restores(World world, Site site, BackupSpec b)
    {
        var all = Protected(site, b).ToArray();
        for (var i = 0; i < b.RestoreJobs && all.Length > 0; i++)
        {
            var (type, arn) = all[i % all.Length];
            var at = world.Now - TimeSpan.FromDays(3 + 7 * i);
            yield return new Json
            {
                { "AccountId", site.Account }, { "RestoreJobId", world.Ids.Uuid("restore job") }, { "RecoveryPointArn", $"arn:aws:ec2:{site.Region}::image/{world.Ids.New("ami")}" }, { "SourceResourceArn", arn },
                { "CreationDate", at }, { "CompletionDate", at + TimeSpan.FromMinutes(26) }, { "Status", "COMPLETED" }, { "PercentDone", "100.00%" }, { "BackupSizeInBytes", 64L << 30 },
                { "IamRoleArn", $"arn:aws:iam::{site.Account}:role/service-role/AWSBackupDefaultServiceRole" }, { "ResourceType", type },
                { "CreatedBy", b.RestoreTesting ? new Json { { "RestoreTestingPlanArn", site.Arn("backup", $"restore-testing-plan:{TestName(b)}-{PlanId(b)}") } } : null },
                { "ValidationStatus", b.RestoreTesting ? "SUCCESSFUL" : null },
            };
        }
    }
}
