namespace Tazan.Inventory.Calls;

/// <summary>CloudWatch, Health, Trusted Advisor, CloudTrail: what is watched and what was said.</summary>
internal static class Monitoring
{
    internal static readonly Call[] Calls =
    [
        Call.Of("cloudwatch", "DescribeAlarms", "cloudwatch:DescribeAlarms", "MetricAlarms CompositeAlarms")
            .Fill("alarm", "One metric alarm.", "MetricAlarms[]", "alarm_name", """
                alarm_name AlarmName
                alarm_arn AlarmArn
                namespace Namespace
                metric_name MetricName
                statistic Statistic|ExtendedStatistic
                dimensions Dimensions tags -- a JSON object of dimension name and value
                comparison_operator ComparisonOperator
                threshold Threshold real
                period Period int -- seconds
                evaluation_periods EvaluationPeriods int
                treat_missing_data TreatMissingData
                actions_enabled ActionsEnabled bool
                alarm_actions AlarmActions list
                insufficient_data_actions InsufficientDataActions list
                state StateValue
                state_updated StateUpdatedTimestamp time
                """)
            .Fill("composite_alarm", "One composite alarm.", "CompositeAlarms[]", "alarm_name", """
                alarm_name AlarmName
                alarm_arn AlarmArn
                alarm_rule AlarmRule
                actions_enabled ActionsEnabled bool
                alarm_actions AlarmActions list
                state StateValue
                """),
        // A series is told by its Label or Id, since the answer does not name its dimensions: see docs/import.md.
        Call.Of("cloudwatch", "GetMetricData", "cloudwatch:GetMetricData", "MetricDataResults")
            .Fill("metric_series", "One series as GetMetricData answers it, with its values in time order; metric is the summary that facts read.", "MetricDataResults[]", "label id", """
                id Id
                label Label
                status_code StatusCode
                timestamps Timestamps json
                points Values json
                """),
        Call.Of("cloudwatch", "GetMetricStatistics", "cloudwatch:GetMetricStatistics", "Datapoints", "Timestamp")
            .About("metric", "MetricName")
            .Fill("metric_statistics", "One answer of GetMetricStatistics; its dimensions stand in the request or the file's name.", "", "label resource", """
                resource @resource
                label Label
                datapoints Datapoints json
                """),
        Call.Of("health", "DescribeEvents", "health:DescribeEvents", "events", "eventTypeCode").Everywhere()
            .Fill("health_event", "One event on the account's own health page.", "events[]", "arn", """
                arn arn
                service service
                event_type_code eventTypeCode
                event_type_category eventTypeCategory
                event_region region
                availability_zone availabilityZone
                start_time startTime time
                end_time endTime time
                last_updated_time lastUpdatedTime time
                status_code statusCode
                event_scope_code eventScopeCode
                """),
        Call.Of("health", "DescribeAffectedEntities", "health:DescribeAffectedEntities", "entities", "entityValue entityArn eventArn").Everywhere()
            .About("health_event", "filter.eventArns")
            .Fill("health_affected_entity", "One resource a Health event names.", "entities[]", "event_arn entity_value", """
                event_arn eventArn
                entity_arn entityArn
                entity_value entityValue
                aws_account_id awsAccountId
                last_updated_time lastUpdatedTime time
                status_code statusCode
                """),
        Call.Of("health", "DescribeEventDetails", "health:DescribeEventDetails", "successfulSet").Everywhere()
            .About("health_event", "eventArns")
            .Fill("health_event_detail", "The text of one Health event.", "successfulSet[]", "arn", """
                arn event.arn
                event_type_code event.eventTypeCode
                event_region event.region
                start_time event.startTime time
                end_time event.endTime time
                status_code event.statusCode
                latest_description eventDescription.latestDescription
                """),
        Call.Of("support", "DescribeTrustedAdvisorChecks", "support:DescribeTrustedAdvisorChecks", "checks", "category metadata").Everywhere()
            .Fill("trusted_advisor_check", "One Trusted Advisor check.", "checks[]", "id", """
                id id
                name name
                category category
                metadata metadata list
                """),
        Call.Of("support", "DescribeTrustedAdvisorCheckResult", "support:DescribeTrustedAdvisorCheckResult", "result", "checkId").Everywhere()
            .About("trusted_advisor_check", "checkId")
            .Fill("trusted_advisor_result", "The newest result of one Trusted Advisor check.", "", "check_id", """
                check_id result.checkId
                timestamp result.timestamp time
                status result.status
                resources_flagged result.resourcesSummary.resourcesFlagged int
                resources_processed result.resourcesSummary.resourcesProcessed int
                """),
        Call.Of("trustedadvisor", "ListRecommendations", "trustedadvisor:ListRecommendations", "recommendationSummaries").Everywhere()
            .Fill("trusted_advisor_recommendation", "One Trusted Advisor recommendation.", "recommendationSummaries[]", "arn", """
                arn arn
                id id
                name name
                status status
                pillars pillars list
                last_updated_at lastUpdatedAt time
                """),
        Call.Of("cloudtrail", "LookupEvents", "cloudtrail:LookupEvents", "Events", "EventName CloudTrailEvent")
            .Fill("trail_event", "One management event of the last 90 days. The event's own JSON is not kept: it can hold secrets.", "Events[]", "event_id", """
                event_id EventId
                event_name EventName
                event_source EventSource
                event_time EventTime time
                username Username
                read_only ReadOnly
                resources Resources json
                """),
        Call.Of("cloudtrail", "DescribeTrails", "cloudtrail:DescribeTrails", "trailList")
            .Fill("trail", "One CloudTrail trail.", "trailList[]", "trail_arn", """
                trail_arn TrailARN
                name Name
                home_region HomeRegion
                s3_bucket_name S3BucketName
                is_multi_region IsMultiRegionTrail bool
                has_custom_event_selectors HasCustomEventSelectors bool
                """),
        Call.Of("logs", "DescribeLogGroups", "logs:DescribeLogGroups", "logGroups")
            .Fill("log_group", "One CloudWatch Logs group.", "logGroups[]", "log_group_name", """
                log_group_name logGroupName
                arn arn
                retention_in_days retentionInDays int
                stored_bytes storedBytes int
                """),
        Call.Of("events", "ListRules", "events:ListRules", "Rules", "EventPattern ScheduleExpression EventBusName")
            .Fill("event_rule", "One EventBridge rule.", "Rules[]", "arn", """
                arn Arn
                name Name
                event_bus_name EventBusName
                event_pattern EventPattern
                schedule_expression ScheduleExpression
                state State
                """),
        Call.Of("events", "ListTargetsByRule", "events:ListTargetsByRule", "Targets", "Arn")
            .About("event_rule", "Rule")
            .Fill("event_rule_target", "One target of an EventBridge rule.", "Targets[]", "rule target_arn", """
                rule @resource
                target_arn Arn
                id Id
                """),
    ];
}
