namespace Tazan.Inventory.Calls;

/// <summary>EC2 Auto Scaling.</summary>
internal static class Scaling
{
    internal static readonly Call[] Calls =
    [
        Call.Of("autoscaling", "DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingGroups", "AutoScalingGroups")
            .Fill("auto_scaling_group", "One Auto Scaling group.", "AutoScalingGroups[]", "auto_scaling_group_name", """
                auto_scaling_group_name AutoScalingGroupName
                auto_scaling_group_arn AutoScalingGroupARN
                min_size MinSize int
                max_size MaxSize int
                desired_capacity DesiredCapacity int
                default_cooldown DefaultCooldown int -- seconds
                availability_zones AvailabilityZones list
                subnet_ids VPCZoneIdentifier -- subnet ids joined by commas, as the API gives them
                health_check_type HealthCheckType
                health_check_grace_period HealthCheckGracePeriod int -- seconds
                launch_configuration_name LaunchConfigurationName
                launch_template_id LaunchTemplate.LaunchTemplateId|MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId
                launch_template_version LaunchTemplate.Version|MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.Version
                target_group_arns TargetGroupARNs list
                load_balancer_names LoadBalancerNames list
                suspended_processes SuspendedProcesses[].ProcessName list
                termination_policies TerminationPolicies list
                new_instances_protected NewInstancesProtectedFromScaleIn bool
                min_healthy_percentage InstanceMaintenancePolicy.MinHealthyPercentage int
                max_healthy_percentage InstanceMaintenancePolicy.MaxHealthyPercentage int
                capacity_rebalance CapacityRebalance bool
                enabled_metrics EnabledMetrics[].Metric list
                instance_count Instances count
                created_time CreatedTime time
                tags Tags tags
                """)
            .Fill("auto_scaling_instance", "One instance of an Auto Scaling group.", "AutoScalingGroups[].Instances[]", "instance_id", """
                instance_id InstanceId
                auto_scaling_group_name ^AutoScalingGroupName
                availability_zone AvailabilityZone
                lifecycle_state LifecycleState
                health_status HealthStatus
                protected_from_scale_in ProtectedFromScaleIn bool
                launch_template_version LaunchTemplate.Version
                """),
        Call.Of("autoscaling", "DescribeAutoScalingInstances", "autoscaling:DescribeAutoScalingInstances", "AutoScalingInstances")
            .FillAlso("auto_scaling_instance", "AutoScalingInstances[]", """
                instance_id InstanceId
                auto_scaling_group_name AutoScalingGroupName
                availability_zone AvailabilityZone
                lifecycle_state LifecycleState
                health_status HealthStatus
                protected_from_scale_in ProtectedFromScaleIn bool
                launch_template_version LaunchTemplate.Version
                """),
        Call.Of("autoscaling", "DescribeLaunchConfigurations", "autoscaling:DescribeLaunchConfigurations", "LaunchConfigurations")
            .Fill("launch_configuration", "One launch configuration. User data is never kept.", "LaunchConfigurations[]", "launch_configuration_name", """
                launch_configuration_name LaunchConfigurationName
                arn LaunchConfigurationARN
                image_id ImageId
                kernel_id KernelId
                instance_type InstanceType
                security_groups SecurityGroups list
                block_devices BlockDeviceMappings json
                created_time CreatedTime time
                """),
        Call.Of("autoscaling", "DescribePolicies", "autoscaling:DescribePolicies", "ScalingPolicies")
            .Fill("scaling_policy", "One scaling policy.", "ScalingPolicies[]", "auto_scaling_group_name policy_name", """
                auto_scaling_group_name AutoScalingGroupName
                policy_name PolicyName
                policy_arn PolicyARN
                policy_type PolicyType
                adjustment_type AdjustmentType
                scaling_adjustment ScalingAdjustment int
                cooldown Cooldown int -- seconds
                target_metric TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType|TargetTrackingConfiguration.CustomizedMetricSpecification.MetricName
                target_value TargetTrackingConfiguration.TargetValue real
                disable_scale_in TargetTrackingConfiguration.DisableScaleIn bool
                enabled Enabled bool
                alarm_names Alarms[].AlarmName list
                """),
        Call.Of("autoscaling", "DescribeScalingActivities", "autoscaling:DescribeScalingActivities", "Activities", "ActivityId")
            .Fill("scaling_activity", "One scaling activity.", "Activities[]", "activity_id", """
                activity_id ActivityId
                auto_scaling_group_name AutoScalingGroupName
                arn AutoScalingGroupARN
                description Description
                cause Cause
                start_time StartTime time
                end_time EndTime time
                status_code StatusCode
                status_message StatusMessage
                progress Progress int
                """),
        Call.Of("autoscaling", "DescribeScheduledActions", "autoscaling:DescribeScheduledActions", "ScheduledUpdateGroupActions")
            .Fill("scheduled_action", "One scheduled change of a group's size.", "ScheduledUpdateGroupActions[]", "auto_scaling_group_name scheduled_action_name", """
                auto_scaling_group_name AutoScalingGroupName
                scheduled_action_name ScheduledActionName
                arn ScheduledActionARN
                recurrence Recurrence
                start_time StartTime time
                min_size MinSize int
                max_size MaxSize int
                desired_capacity DesiredCapacity int
                time_zone TimeZone
                """),
        Call.Of("autoscaling", "DescribeLifecycleHooks", "autoscaling:DescribeLifecycleHooks", "LifecycleHooks")
            .About("auto_scaling_group", "AutoScalingGroupName")
            .Fill("lifecycle_hook", "One lifecycle hook.", "LifecycleHooks[]", "auto_scaling_group_name lifecycle_hook_name", """
                auto_scaling_group_name AutoScalingGroupName
                lifecycle_hook_name LifecycleHookName
                lifecycle_transition LifecycleTransition
                heartbeat_timeout HeartbeatTimeout int -- seconds
                default_result DefaultResult
                """),
    ];
}
