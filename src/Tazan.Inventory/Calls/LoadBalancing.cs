namespace Tazan.Inventory.Calls;

/// <summary>Elastic Load Balancing, both generations.</summary>
internal static class LoadBalancing
{
    internal static readonly Call[] Calls =
    [
        Call.Of("elbv2", "DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancers", "LoadBalancers", "LoadBalancerArn")
            .Fill("load_balancer", "One Application, Network or Gateway Load Balancer.", "LoadBalancers[]", "load_balancer_arn", """
                load_balancer_arn LoadBalancerArn
                load_balancer_name LoadBalancerName
                type Type
                scheme Scheme
                state State.Code
                vpc_id VpcId
                dns_name DNSName
                availability_zones AvailabilityZones[].ZoneName list
                subnet_ids AvailabilityZones[].SubnetId list
                security_groups SecurityGroups list
                created_time CreatedTime time
                """),
        Call.Of("elbv2", "DescribeTargetGroups", "elasticloadbalancing:DescribeTargetGroups", "TargetGroups", "TargetGroupArn")
            .Fill("target_group", "One target group with its health check.", "TargetGroups[]", "target_group_arn", """
                target_group_arn TargetGroupArn
                target_group_name TargetGroupName
                protocol Protocol
                port Port int
                vpc_id VpcId
                target_type TargetType
                health_check_protocol HealthCheckProtocol
                health_check_port HealthCheckPort
                health_check_path HealthCheckPath
                health_check_enabled HealthCheckEnabled bool
                health_check_interval HealthCheckIntervalSeconds int -- seconds
                health_check_timeout HealthCheckTimeoutSeconds int -- seconds
                healthy_threshold HealthyThresholdCount int
                unhealthy_threshold UnhealthyThresholdCount int
                matcher Matcher.HttpCode
                load_balancer_arns LoadBalancerArns list
                """),
        Call.Of("elbv2", "DescribeTargetHealth", "elasticloadbalancing:DescribeTargetHealth", "TargetHealthDescriptions")
            .About("target_group", "TargetGroupArn")
            .Fill("target_health", "One target of a target group and what the balancer believes of it.", "TargetHealthDescriptions[]", "target_group_arn target_id port", """
                target_group_arn @resource
                target_id Target.Id
                port Target.Port int
                availability_zone Target.AvailabilityZone
                state TargetHealth.State
                reason TargetHealth.Reason
                description TargetHealth.Description
                """),
        Call.Of("elbv2", "DescribeListeners", "elasticloadbalancing:DescribeListeners", "Listeners", "ListenerArn")
            .About("load_balancer", "LoadBalancerArn")
            .Fill("listener", "One listener of a load balancer.", "Listeners[]", "listener_arn", """
                listener_arn ListenerArn
                load_balancer_arn LoadBalancerArn
                port Port int
                protocol Protocol
                target_group_arns DefaultActions[].TargetGroupArn list
                """),
        Call.Of("elbv2", "DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeLoadBalancerAttributes", "Attributes", "Key")
            .About("load_balancer", "LoadBalancerArn")
            .Fill("load_balancer_attribute", "One attribute of a load balancer.", "Attributes[]", "load_balancer_arn key", """
                load_balancer_arn @resource
                key Key
                value Value
                """),
        Call.Of("elbv2", "DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroupAttributes", "Attributes", "Key")
            .About("target_group", "TargetGroupArn")
            .Fill("target_group_attribute", "One attribute of a target group.", "Attributes[]", "target_group_arn key", """
                target_group_arn @resource
                key Key
                value Value
                """),
        Call.Of("elbv2", "DescribeTags", "elasticloadbalancing:DescribeTags", "TagDescriptions", "ResourceArn")
            .Fill("load_balancing_tag", "The tags of one load balancer, target group or listener.", "TagDescriptions[]", "resource_arn", """
                resource_arn ResourceArn
                tags Tags tags
                """),
        Call.Of("elb", "DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancers", "LoadBalancerDescriptions")
            .Fill("classic_load_balancer", "One Classic Load Balancer with its health check.", "LoadBalancerDescriptions[]", "load_balancer_name", """
                load_balancer_name LoadBalancerName
                dns_name DNSName
                scheme Scheme
                vpc_id VPCId
                availability_zones AvailabilityZones list
                subnet_ids Subnets list
                security_groups SecurityGroups list
                instance_ids Instances[].InstanceId list
                listener_ports ListenerDescriptions[].Listener.LoadBalancerPort list
                instance_ports ListenerDescriptions[].Listener.InstancePort list
                health_check_target HealthCheck.Target
                health_check_interval HealthCheck.Interval int -- seconds
                health_check_timeout HealthCheck.Timeout int -- seconds
                healthy_threshold HealthCheck.HealthyThreshold int
                unhealthy_threshold HealthCheck.UnhealthyThreshold int
                created_time CreatedTime time
                """),
        Call.Of("elb", "DescribeInstanceHealth", "elasticloadbalancing:DescribeInstanceHealth", "InstanceStates", "InstanceId")
            .About("classic_load_balancer", "LoadBalancerName")
            .Fill("classic_instance_health", "What a Classic Load Balancer believes of one instance.", "InstanceStates[]", "load_balancer_name instance_id", """
                load_balancer_name @resource
                instance_id InstanceId
                state State
                reason_code ReasonCode
                description Description
                """),
        Call.Of("elb", "DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeLoadBalancerAttributes", "LoadBalancerAttributes")
            .About("classic_load_balancer", "LoadBalancerName")
            .Fill("classic_load_balancer_attribute", "The attributes of one Classic Load Balancer.", "", "load_balancer_name", """
                load_balancer_name @resource
                cross_zone LoadBalancerAttributes.CrossZoneLoadBalancing.Enabled bool
                connection_draining LoadBalancerAttributes.ConnectionDraining.Enabled bool
                idle_timeout LoadBalancerAttributes.ConnectionSettings.IdleTimeout int -- seconds
                """),
    ];
}
