namespace Tazan.Inventory.Calls;

/// <summary>RDS, ElastiCache, Lambda, Athena, S3, queues: what instances lean on, and what can run away.</summary>
internal static class DataServices
{
    internal static readonly Call[] Calls =
    [
        Call.Of("rds", "DescribeDBInstances", "rds:DescribeDBInstances", "DBInstances")
            .Fill("db_instance", "One RDS database instance.", "DBInstances[]", "db_instance_identifier", """
                db_instance_identifier DBInstanceIdentifier
                db_instance_arn DBInstanceArn
                db_instance_class DBInstanceClass
                engine Engine
                engine_version EngineVersion
                status DBInstanceStatus
                availability_zone AvailabilityZone
                secondary_availability_zone SecondaryAvailabilityZone
                multi_az MultiAZ bool
                storage_type StorageType
                allocated_storage AllocatedStorage int -- GiB
                iops Iops int
                backup_retention_period BackupRetentionPeriod int -- days; 0 means no automated backups
                latest_restorable_time LatestRestorableTime time
                db_cluster_identifier DBClusterIdentifier
                read_replicas ReadReplicaDBInstanceIdentifiers list
                read_replica_source ReadReplicaSourceDBInstanceIdentifier
                deletion_protection DeletionProtection bool
                storage_encrypted StorageEncrypted bool
                preferred_maintenance_window PreferredMaintenanceWindow
                publicly_accessible PubliclyAccessible bool
                endpoint_address Endpoint.Address
                endpoint_port Endpoint.Port int
                security_groups VpcSecurityGroups[].VpcSecurityGroupId list
                vpc_id DBSubnetGroup.VpcId
                ca_certificate_identifier CACertificateIdentifier
                certificate_valid_till CertificateDetails.ValidTill time
                tags TagList tags
                """),
        Call.Of("rds", "DescribeDBClusters", "rds:DescribeDBClusters", "DBClusters")
            .Fill("db_cluster", "One Aurora or Multi-AZ database cluster.", "DBClusters[]", "db_cluster_identifier", """
                db_cluster_identifier DBClusterIdentifier
                db_cluster_arn DBClusterArn
                engine Engine
                status Status
                multi_az MultiAZ bool
                availability_zones AvailabilityZones list
                members DBClusterMembers[].DBInstanceIdentifier list
                backup_retention_period BackupRetentionPeriod int -- days
                latest_restorable_time LatestRestorableTime time
                security_groups VpcSecurityGroups[].VpcSecurityGroupId list
                port Port int
                tags TagList tags
                """),
        Call.Of("rds", "DescribePendingMaintenanceActions", "rds:DescribePendingMaintenanceActions", "PendingMaintenanceActions")
            .Fill("db_pending_maintenance", "One maintenance action RDS will carry out.", "PendingMaintenanceActions[].PendingMaintenanceActionDetails[]", "resource_arn action", """
                resource_arn ^ResourceIdentifier
                action Action
                auto_applied_after AutoAppliedAfterDate time
                forced_apply ForcedApplyDate time
                current_apply CurrentApplyDate time
                description Description
                """),
        Call.Of("elasticache", "DescribeCacheClusters", "elasticache:DescribeCacheClusters", "CacheClusters")
            .Fill("cache_cluster", "One ElastiCache cluster.", "CacheClusters[]", "cache_cluster_id", """
                cache_cluster_id CacheClusterId
                arn ARN
                engine Engine
                engine_version EngineVersion
                cache_node_type CacheNodeType
                num_cache_nodes NumCacheNodes int
                availability_zone PreferredAvailabilityZone
                status CacheClusterStatus
                replication_group_id ReplicationGroupId
                snapshot_retention_limit SnapshotRetentionLimit int -- days
                security_groups SecurityGroups[].SecurityGroupId list
                node_zones CacheNodes[].CustomerAvailabilityZone list
                """),
        Call.Of("elasticache", "DescribeReplicationGroups", "elasticache:DescribeReplicationGroups", "ReplicationGroups", "ReplicationGroupId")
            .Fill("cache_replication_group", "One ElastiCache replication group.", "ReplicationGroups[]", "replication_group_id", """
                replication_group_id ReplicationGroupId
                arn ARN
                status Status
                automatic_failover AutomaticFailover
                multi_az MultiAZ
                cluster_enabled ClusterEnabled bool
                member_clusters MemberClusters list
                snapshot_retention_limit SnapshotRetentionLimit int -- days
                """),
        Call.Of("lambda", "ListFunctions", "lambda:ListFunctions", "Functions", "FunctionName FunctionArn")
            .Fill("function", "One Lambda function. Environment variables are never kept: only their names.", "Functions[]", "function_name", """
                function_name FunctionName
                function_arn FunctionArn
                runtime Runtime
                role Role
                handler Handler
                timeout Timeout int -- seconds
                memory_size MemorySize int -- MiB
                last_modified LastModified time
                dead_letter_target DeadLetterConfig.TargetArn
                vpc_id VpcConfig.VpcId
                tracing Tracing.Mode|TracingConfig.Mode
                environment_names Environment.Variables{} list -- names only
                """),
        Call.Of("lambda", "GetFunctionConcurrency", "lambda:GetFunctionConcurrency", "ReservedConcurrentExecutions", "")
            .About("function", "FunctionName")
            .Fill("function_concurrency", "The reserved concurrency of one function; null where there is none.", "", "function_name", """
                function_name @resource
                reserved ReservedConcurrentExecutions int
                """),
        Call.Of("lambda", "GetFunctionRecursionConfig", "lambda:GetFunctionRecursionConfig", "RecursiveLoop", "")
            .About("function", "FunctionName")
            .Fill("function_recursion", "What Lambda does when a function is in a loop: Allow or Terminate.", "", "function_name", """
                function_name @resource
                recursive_loop RecursiveLoop
                """),
        Call.Of("lambda", "GetPolicy", "lambda:GetPolicy", "Policy", "").With("RevisionId")
            .About("function", "FunctionName")
            .Fill("function_policy", "Who may invoke a function: its resource policy.", "", "function_name", """
                function_name @resource
                policy Policy -- the policy document, as the API gives it: JSON in a text
                """),
        Call.Of("lambda", "ListFunctionEventInvokeConfigs", "lambda:ListFunctionEventInvokeConfigs", "FunctionEventInvokeConfigs")
            .About("function", "FunctionName")
            .Fill("function_event_invoke", "Where a function sends its results and its failures.", "FunctionEventInvokeConfigs[]", "function_arn", """
                function_arn FunctionArn
                maximum_retry_attempts MaximumRetryAttempts int
                maximum_event_age MaximumEventAgeInSeconds int -- seconds
                on_success DestinationConfig.OnSuccess.Destination
                on_failure DestinationConfig.OnFailure.Destination
                """),
        Call.Of("lambda", "ListEventSourceMappings", "lambda:ListEventSourceMappings", "EventSourceMappings")
            .Fill("event_source_mapping", "What feeds a function.", "EventSourceMappings[]", "uuid", """
                uuid UUID
                event_source_arn EventSourceArn
                function_arn FunctionArn
                state State
                batch_size BatchSize int
                maximum_concurrency ScalingConfig.MaximumConcurrency int
                """),
        Call.Of("lambda", "GetAccountSettings", "lambda:GetAccountSettings", "AccountLimit", "")
            .Fill("function_account_limit", "The account's Lambda limits in a region.", "", "", """
                concurrent_executions AccountLimit.ConcurrentExecutions int
                unreserved_concurrent_executions AccountLimit.UnreservedConcurrentExecutions int
                function_count AccountUsage.FunctionCount int
                """),
        Call.Of("athena", "ListWorkGroups", "athena:ListWorkGroups", "WorkGroups", "Name")
            .FillAlso("workgroup", "WorkGroups[]", """
                name Name
                state State
                """),
        Call.Of("athena", "GetWorkGroup", "athena:GetWorkGroup", "WorkGroup", "Name Configuration")
            .About("workgroup", "WorkGroup")
            .Fill("workgroup", "One Athena workgroup.", "", "name", """
                name WorkGroup.Name
                state WorkGroup.State
                output_location WorkGroup.Configuration.ResultConfiguration.OutputLocation
                bytes_scanned_cutoff WorkGroup.Configuration.BytesScannedCutoffPerQuery int -- bytes; null means no limit
                enforce_configuration WorkGroup.Configuration.EnforceWorkGroupConfiguration bool
                publish_metrics WorkGroup.Configuration.PublishCloudWatchMetricsEnabled bool
                """),
        Call.Of("athena", "BatchGetQueryExecution", "athena:BatchGetQueryExecution", "QueryExecutions", "QueryExecutionId")
            .Fill("query_execution", "One Athena query that ran.", "QueryExecutions[]", "query_execution_id", """
                query_execution_id QueryExecutionId
                query Query
                statement_type StatementType
                workgroup WorkGroup
                database QueryExecutionContext.Database
                output_location ResultConfiguration.OutputLocation
                state Status.State
                submission_time Status.SubmissionDateTime time
                completion_time Status.CompletionDateTime time
                data_scanned Statistics.DataScannedInBytes int -- bytes
                execution_time Statistics.TotalExecutionTimeInMillis int -- milliseconds
                """),
        Call.Of("athena", "GetQueryExecution", "athena:GetQueryExecution", "QueryExecution", "QueryExecutionId")
            .About("query_execution", "QueryExecutionId")
            .FillAlso("query_execution", "", """
                query_execution_id QueryExecution.QueryExecutionId
                query QueryExecution.Query
                statement_type QueryExecution.StatementType
                workgroup QueryExecution.WorkGroup
                database QueryExecution.QueryExecutionContext.Database
                output_location QueryExecution.ResultConfiguration.OutputLocation
                state QueryExecution.Status.State
                submission_time QueryExecution.Status.SubmissionDateTime time
                completion_time QueryExecution.Status.CompletionDateTime time
                data_scanned QueryExecution.Statistics.DataScannedInBytes int
                execution_time QueryExecution.Statistics.TotalExecutionTimeInMillis int
                """, isPartial: false),
        Call.Of("glue", "GetTables", "glue:GetTables", "TableList", "StorageDescriptor")
            .Fill("catalog_table", "One table of the data catalog, and where its data lie.", "TableList[]", "database_name name", """
                database_name DatabaseName
                name Name
                location StorageDescriptor.Location
                """),
        Call.Of("s3api", "ListBuckets", "s3:ListAllMyBuckets", "Buckets", "Name").Everywhere()
            .Fill("bucket", "One S3 bucket.", "Buckets[]", "name", """
                name Name
                creation_date CreationDate time
                bucket_region BucketRegion
                """),
        Call.Of("s3api", "GetBucketLocation", "s3:GetBucketLocation", "LocationConstraint", "").Everywhere()
            .About("bucket", "Bucket")
            .Fill("bucket_location", "The region a bucket lies in; the API says null for us-east-1, and the snapshot says us-east-1.", "", "name", """
                name @resource
                location LocationConstraint
                """),
        Call.Of("s3api", "GetBucketVersioning", "s3:GetBucketVersioning", "MFADelete Status", "").Everywhere().ByNameOnly()
            .About("bucket", "Bucket")
            .Fill("bucket_versioning", "Whether a bucket keeps versions.", "", "name", """
                name @resource
                status Status
                """),
        Call.Of("s3api", "GetBucketNotificationConfiguration", "s3:GetBucketNotification", "LambdaFunctionConfigurations QueueConfigurations TopicConfigurations EventBridgeConfiguration", "").Everywhere()
            .About("bucket", "Bucket")
            .Fill("bucket_notification", "Which functions a bucket's changes start.", "LambdaFunctionConfigurations[]", "name function_arn", """
                name @resource
                function_arn LambdaFunctionArn
                events Events list
                """),
        Call.Of("sqs", "GetQueueAttributes", "sqs:GetQueueAttributes", "Attributes", "QueueArn")
            .About("queue", "QueueUrl")
            .Fill("queue", "One SQS queue.", "", "queue_arn", """
                queue_arn Attributes.QueueArn
                redrive_policy Attributes.RedrivePolicy
                visible_messages Attributes.ApproximateNumberOfMessages int
                """),
        Call.Of("sns", "ListSubscriptions", "sns:ListSubscriptions", "Subscriptions", "SubscriptionArn TopicArn")
            .Fill("topic_subscription", "One subscription of an SNS topic.", "Subscriptions[]", "subscription_arn", """
                subscription_arn SubscriptionArn
                topic_arn TopicArn
                protocol Protocol
                endpoint Endpoint
                """),
    ];
}
