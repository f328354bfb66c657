namespace Tazan.Inventory.Calls;

/// <summary>Route 53, AWS Backup, contacts, organisation, quotas: who is called, and what can be brought back.</summary>
internal static class AccountAndRecovery
{
    internal static readonly Call[] Calls =
    [
        Call.Of("route53", "ListHostedZones", "route53:ListHostedZones", "HostedZones", "Id CallerReference").Everywhere()
            .Fill("hosted_zone", "One Route 53 hosted zone (a DNS zone).", "HostedZones[]", "id", """
                id Id
                name Name
                private_zone Config.PrivateZone bool
                record_count ResourceRecordSetCount int
                """),
        Call.Of("route53", "ListResourceRecordSets", "route53:ListResourceRecordSets", "ResourceRecordSets").Everywhere()
            .About("hosted_zone", "HostedZoneId")
            .Fill("dns_record", "One record set.", "ResourceRecordSets[]", "hosted_zone_id name type set_identifier", """
                hosted_zone_id @resource
                name Name
                type Type
                set_identifier SetIdentifier
                ttl TTL int -- seconds
                weight Weight int
                failover Failover
                latency_region Region
                health_check_id HealthCheckId
                alias_dns_name AliasTarget.DNSName
                alias_evaluates_health AliasTarget.EvaluateTargetHealth bool
                record_values ResourceRecords[].Value list
                """),
        Call.Of("route53", "ListHealthChecks", "route53:ListHealthChecks", "HealthChecks", "HealthCheckConfig").Everywhere()
            .Fill("dns_health_check", "One Route 53 health check.", "HealthChecks[]", "id", """
                id Id
                type HealthCheckConfig.Type
                address HealthCheckConfig.IPAddress
                fully_qualified_domain_name HealthCheckConfig.FullyQualifiedDomainName
                port HealthCheckConfig.Port int
                resource_path HealthCheckConfig.ResourcePath
                request_interval HealthCheckConfig.RequestInterval int -- seconds
                failure_threshold HealthCheckConfig.FailureThreshold int
                """),
        Call.Of("backup", "ListBackupPlans", "backup:ListBackupPlans", "BackupPlansList")
            .Fill("backup_plan", "One AWS Backup plan.", "BackupPlansList[]", "backup_plan_id", """
                backup_plan_id BackupPlanId
                backup_plan_arn BackupPlanArn
                backup_plan_name BackupPlanName
                last_execution LastExecutionDate time
                """),
        Call.Of("backup", "ListBackupVaults", "backup:ListBackupVaults", "BackupVaultList")
            .Fill("backup_vault", "One AWS Backup vault.", "BackupVaultList[]", "backup_vault_name", """
                backup_vault_name BackupVaultName
                backup_vault_arn BackupVaultArn
                recovery_point_count NumberOfRecoveryPoints int
                locked Locked bool
                """),
        Call.Of("backup", "ListRecoveryPointsByBackupVault", "backup:ListRecoveryPointsByBackupVault", "RecoveryPoints", "RecoveryPointArn")
            .About("backup_vault", "BackupVaultName")
            .Fill("recovery_point", "One recovery point.", "RecoveryPoints[]", "recovery_point_arn", """
                recovery_point_arn RecoveryPointArn
                backup_vault_name BackupVaultName
                resource_arn ResourceArn
                resource_type ResourceType
                status Status
                creation_date CreationDate time
                completion_date CompletionDate time
                last_restore_time LastRestoreTime time
                backup_size BackupSizeInBytes int -- bytes
                """),
        Call.Of("backup", "ListProtectedResources", "backup:ListProtectedResources", "Results", "LastBackupTime ResourceType")
            .Fill("protected_resource", "One resource that AWS Backup has a copy of.", "Results[]", "resource_arn", """
                resource_arn ResourceArn
                resource_type ResourceType
                resource_name ResourceName
                last_backup_time LastBackupTime time
                """),
        Call.Of("backup", "ListBackupJobs", "backup:ListBackupJobs", "BackupJobs")
            .Fill("backup_job", "One backup job.", "BackupJobs[]", "backup_job_id", """
                backup_job_id BackupJobId
                resource_arn ResourceArn
                state State
                status_message StatusMessage
                creation_date CreationDate time
                completion_date CompletionDate time
                """),
        Call.Of("backup", "ListRestoreJobs", "backup:ListRestoreJobs", "RestoreJobs")
            .Fill("restore_job", "One restore that was carried out: the only proof that a backup is one.", "RestoreJobs[]", "restore_job_id", """
                restore_job_id RestoreJobId
                recovery_point_arn RecoveryPointArn
                source_resource_arn SourceResourceArn
                created_resource_arn CreatedResourceArn
                resource_type ResourceType
                status Status
                validation_status ValidationStatus
                creation_date CreationDate time
                completion_date CompletionDate time
                """),
        Call.Of("backup", "ListRestoreTestingPlans", "backup:ListRestoreTestingPlans", "RestoreTestingPlans")
            .Fill("restore_testing_plan", "One plan that restores copies to prove them.", "RestoreTestingPlans[]", "restore_testing_plan_name", """
                restore_testing_plan_name RestoreTestingPlanName
                restore_testing_plan_arn RestoreTestingPlanArn
                schedule_expression ScheduleExpression
                last_execution_time LastExecutionTime time
                """),
        Call.Of("backup", "ListRestoreTestingSelections", "backup:ListRestoreTestingSelections", "RestoreTestingSelections")
            .About("restore_testing_plan", "RestoreTestingPlanName")
            .Fill("restore_testing_selection", "What a restore-testing plan covers.", "RestoreTestingSelections[]", "restore_testing_plan_name restore_testing_selection_name", """
                restore_testing_plan_name RestoreTestingPlanName
                restore_testing_selection_name RestoreTestingSelectionName
                protected_resource_type ProtectedResourceType
                """),
        Call.Of("dlm", "GetLifecyclePolicies", "dlm:GetLifecyclePolicies", "Policies", "PolicyType State")
            .Fill("snapshot_policy", "One Data Lifecycle Manager policy.", "Policies[]", "policy_id", """
                policy_id PolicyId
                policy_type PolicyType
                state State
                description Description
                tags Tags tags
                """),
        Call.Of("account", "GetAlternateContact", "account:GetAlternateContact", "AlternateContact", "").Everywhere()
            .Fill("alternate_contact", "One alternate contact. Names, numbers and addresses are not kept: only that there is one.", "", "alternate_contact_type", """
                alternate_contact_type AlternateContact.AlternateContactType|@resource
                has_email AlternateContact.EmailAddress count -- 1 where an address is set
                """),
        Call.Of("organizations", "ListAccounts", "organizations:ListAccounts", "Accounts", "JoinedMethod Arn").Everywhere()
            .Fill("organization_account", "One account of the organisation. E-mail addresses are not kept.", "Accounts[]", "id", """
                id Id
                arn Arn
                name Name
                status Status|State
                """),
        Call.Of("organizations", "DescribeOrganization", "organizations:DescribeOrganization", "Organization", "MasterAccountId MasterAccountArn").Everywhere()
            .Fill("organization", "The organisation the account belongs to.", "", "id", """
                id Organization.Id
                arn Organization.Arn
                master_account_id Organization.MasterAccountId
                """),
        Call.Of("sts", "GetCallerIdentity", "sts:GetCallerIdentity", "UserId", "").Everywhere().With("Account Arn")
            .Fill("caller_identity", "Who asked: it names the account of the answers beside it.", "", "arn", """
                account_id Account
                arn Arn
                """),
        Call.Of("iam", "ListAccountAliases", "iam:ListAccountAliases", "AccountAliases", "").Everywhere()
            .Fill("account_alias", "The name an account goes by.", "AccountAliases[]", "alias", """
                alias $
                """),
        Call.Of("service-quotas", "ListServiceQuotas", "servicequotas:ListServiceQuotas", "Quotas", "QuotaCode")
            .Fill("service_quota", "One quota and its value.", "Quotas[]", "service_code quota_code", """
                service_code ServiceCode
                quota_code QuotaCode
                quota_name QuotaName
                value Value real
                adjustable Adjustable bool
                """),
        Call.Of("resourcegroupstaggingapi", "GetResources", "tag:GetResources", "ResourceTagMappingList")
            .Fill("tagged_resource", "The tags of one resource, from the tagging API.", "ResourceTagMappingList[]", "resource_arn", """
                resource_arn ResourceARN
                tags Tags tags
                """),
        Call.Of("efs", "DescribeFileSystems", "elasticfilesystem:DescribeFileSystems", "FileSystems", "ThroughputMode PerformanceMode")
            .Fill("file_system", "One EFS file system.", "FileSystems[]", "file_system_id", """
                file_system_id FileSystemId
                arn FileSystemArn
                name Name
                availability_zone AvailabilityZoneName
                throughput_mode ThroughputMode
                performance_mode PerformanceMode
                size SizeInBytes.Value int -- bytes
                """),
    ];
}
