namespace Tazan.Inventory.Calls;

/// <summary>EC2: the network, with everything that decides who reaches whom and what is tracked.</summary>
internal static class Ec2Network
{
    // The same either way; what differs is the direction.
    private const string Permission = """
        group_id ^GroupId
        ip_protocol IpProtocol
        from_port FromPort int
        to_port ToPort int
        ip_ranges IpRanges json
        ipv6_ranges Ipv6Ranges json
        prefix_lists PrefixListIds json
        group_pairs UserIdGroupPairs json

        """;

    internal static readonly Call[] Calls =
    [
        Call.Of("ec2", "DescribeSecurityGroups", "ec2:DescribeSecurityGroups", "SecurityGroups", "GroupId IpPermissions GroupName")
            .Fill("security_group", "One security group.", "SecurityGroups[]", "group_id", """
                group_id GroupId
                group_name GroupName
                description Description
                vpc_id VpcId
                owner_id OwnerId
                arn SecurityGroupArn
                tags Tags tags
                """)
            .Fill("security_group_permission", "One permission of a group as DescribeSecurityGroups nests it; security_group_rule is the flat form that facts read.", "SecurityGroups[].IpPermissions[]", "group_id direction ip_protocol from_port to_port", Permission + "direction =ingress")
            .FillAlso("security_group_permission", "SecurityGroups[].IpPermissionsEgress[]", Permission + "direction =egress", isPartial: false),
        Call.Of("ec2", "DescribeSecurityGroupRules", "ec2:DescribeSecurityGroupRules", "SecurityGroupRules")
            .Fill("security_group_rule_listed", "One rule as DescribeSecurityGroupRules lists it.", "SecurityGroupRules[]", "security_group_rule_id", """
                security_group_rule_id SecurityGroupRuleId
                group_id GroupId
                is_egress IsEgress bool
                ip_protocol IpProtocol
                from_port FromPort int
                to_port ToPort int
                cidr_ipv4 CidrIpv4
                cidr_ipv6 CidrIpv6
                prefix_list_id PrefixListId
                referenced_group_id ReferencedGroupInfo.GroupId
                referenced_user_id ReferencedGroupInfo.UserId
                description Description
                """),
        Call.Of("ec2", "DescribeNetworkInterfaces", "ec2:DescribeNetworkInterfaces", "NetworkInterfaces", "NetworkInterfaceId")
            .Fill("network_interface", "One network interface.", "NetworkInterfaces[]", "network_interface_id", """
                network_interface_id NetworkInterfaceId
                instance_id Attachment.InstanceId
                device_index Attachment.DeviceIndex int
                availability_zone AvailabilityZone
                subnet_id SubnetId
                vpc_id VpcId
                private_ip_address PrivateIpAddress
                public_ip_address Association.PublicIp
                ipv6_addresses Ipv6Addresses[].Ipv6Address list
                interface_type InterfaceType
                requester_managed RequesterManaged bool
                status Status
                source_dest_check SourceDestCheck bool
                security_groups Groups[].GroupId list
                tcp_established_timeout ConnectionTrackingConfiguration.TcpEstablishedTimeout int -- seconds; null means the type's default
                udp_timeout ConnectionTrackingConfiguration.UdpTimeout int -- seconds
                udp_stream_timeout ConnectionTrackingConfiguration.UdpStreamTimeout int -- seconds
                owner_id OwnerId
                description Description
                tags TagSet tags
                """),
        Call.Of("ec2", "DescribeSubnets", "ec2:DescribeSubnets", "Subnets", "SubnetId CidrBlock")
            .Fill("subnet", "One subnet.", "Subnets[]", "subnet_id", """
                subnet_id SubnetId
                vpc_id VpcId
                availability_zone AvailabilityZone
                availability_zone_id AvailabilityZoneId
                cidr_block CidrBlock
                ipv6_cidr_blocks Ipv6CidrBlockAssociationSet[].Ipv6CidrBlock list
                available_ip_address_count AvailableIpAddressCount int
                map_public_ip_on_launch MapPublicIpOnLaunch bool
                default_for_az DefaultForAz bool
                owner_id OwnerId
                arn SubnetArn
                tags Tags tags
                """),
        Call.Of("ec2", "DescribeVpcs", "ec2:DescribeVpcs", "Vpcs", "VpcId")
            .Fill("vpc", "One VPC.", "Vpcs[]", "vpc_id", """
                vpc_id VpcId
                cidr_block CidrBlock
                cidr_blocks CidrBlockAssociationSet[].CidrBlock list
                ipv6_cidr_blocks Ipv6CidrBlockAssociationSet[].Ipv6CidrBlock list
                is_default IsDefault bool
                state State
                dhcp_options_id DhcpOptionsId
                owner_id OwnerId
                tags Tags tags
                """),
        Call.Of("ec2", "DescribeRouteTables", "ec2:DescribeRouteTables", "RouteTables", "RouteTableId")
            .Fill("route_table", "One route table.", "RouteTables[]", "route_table_id", """
                route_table_id RouteTableId
                vpc_id VpcId
                owner_id OwnerId
                tags Tags tags
                """)
            .Fill("route_table_association", "One subnet or gateway that uses a route table; the main one has neither.", "RouteTables[].Associations[]", "association_id", """
                association_id RouteTableAssociationId
                route_table_id RouteTableId|^RouteTableId
                vpc_id ^VpcId
                subnet_id SubnetId
                gateway_id GatewayId
                main Main bool
                """)
            .Fill("route", "One route.", "RouteTables[].Routes[]", "route_table_id destination", """
                route_table_id ^RouteTableId
                destination DestinationCidrBlock|DestinationIpv6CidrBlock|DestinationPrefixListId
                target GatewayId|NatGatewayId|TransitGatewayId|VpcPeeringConnectionId|EgressOnlyInternetGatewayId|NetworkInterfaceId|InstanceId|LocalGatewayId|CarrierGatewayId|CoreNetworkArn
                state State
                origin Origin
                """),
        Call.Of("ec2", "DescribeNetworkAcls", "ec2:DescribeNetworkAcls", "NetworkAcls", "NetworkAclId")
            .Fill("network_acl", "One network ACL.", "NetworkAcls[]", "network_acl_id", """
                network_acl_id NetworkAclId
                vpc_id VpcId
                is_default IsDefault bool
                subnet_ids Associations[].SubnetId list
                owner_id OwnerId
                tags Tags tags
                """)
            .Fill("network_acl_entry", "One numbered rule of a network ACL.", "NetworkAcls[].Entries[]", "network_acl_id egress rule_number", """
                network_acl_id ^NetworkAclId
                rule_number RuleNumber int
                egress Egress bool
                protocol Protocol -- -1 for all, else the protocol number
                rule_action RuleAction
                cidr_block CidrBlock
                ipv6_cidr_block Ipv6CidrBlock
                from_port PortRange.From int
                to_port PortRange.To int
                """),
        Call.Of("ec2", "DescribeNatGateways", "ec2:DescribeNatGateways", "NatGateways", "NatGatewayId")
            .Fill("nat_gateway", "One NAT gateway.", "NatGateways[]", "nat_gateway_id", """
                nat_gateway_id NatGatewayId
                vpc_id VpcId
                subnet_id SubnetId
                state State
                connectivity_type ConnectivityType
                create_time CreateTime time
                network_interface_ids NatGatewayAddresses[].NetworkInterfaceId list
                tags Tags tags
                """),
        Call.Of("ec2", "DescribeVpcEndpoints", "ec2:DescribeVpcEndpoints", "VpcEndpoints", "VpcEndpointId")
            .Fill("vpc_endpoint", "One VPC endpoint.", "VpcEndpoints[]", "vpc_endpoint_id", """
                vpc_endpoint_id VpcEndpointId
                vpc_endpoint_type VpcEndpointType
                vpc_id VpcId
                service_name ServiceName
                state State
                route_table_ids RouteTableIds list
                subnet_ids SubnetIds list
                network_interface_ids NetworkInterfaceIds list
                owner_id OwnerId
                tags Tags tags
                """),
        Call.Of("ec2", "DescribeInternetGateways", "ec2:DescribeInternetGateways", "InternetGateways", "InternetGatewayId")
            .Fill("internet_gateway", "One internet gateway.", "InternetGateways[]", "internet_gateway_id", """
                internet_gateway_id InternetGatewayId
                vpc_ids Attachments[].VpcId list
                owner_id OwnerId
                """),
        Call.Of("ec2", "DescribeEgressOnlyInternetGateways", "ec2:DescribeEgressOnlyInternetGateways", "EgressOnlyInternetGateways")
            .Fill("egress_only_internet_gateway", "One egress-only internet gateway.", "EgressOnlyInternetGateways[]", "egress_only_internet_gateway_id", """
                egress_only_internet_gateway_id EgressOnlyInternetGatewayId
                vpc_ids Attachments[].VpcId list
                """),
        Call.Of("ec2", "DescribeTransitGatewayAttachments", "ec2:DescribeTransitGatewayAttachments", "TransitGatewayAttachments")
            .Fill("transit_gateway_attachment", "One attachment to a transit gateway.", "TransitGatewayAttachments[]", "transit_gateway_attachment_id", """
                transit_gateway_attachment_id TransitGatewayAttachmentId
                transit_gateway_id TransitGatewayId
                resource_type ResourceType
                resource_id ResourceId
                state State
                """),
        Call.Of("ec2", "DescribeVpcPeeringConnections", "ec2:DescribeVpcPeeringConnections", "VpcPeeringConnections", "VpcPeeringConnectionId")
            .Fill("vpc_peering_connection", "One peering of two VPCs.", "VpcPeeringConnections[]", "vpc_peering_connection_id", """
                vpc_peering_connection_id VpcPeeringConnectionId
                requester_vpc_id RequesterVpcInfo.VpcId
                requester_cidr_block RequesterVpcInfo.CidrBlock
                requester_owner_id RequesterVpcInfo.OwnerId
                accepter_vpc_id AccepterVpcInfo.VpcId
                accepter_cidr_block AccepterVpcInfo.CidrBlock
                accepter_owner_id AccepterVpcInfo.OwnerId
                status Status.Code
                """),
        Call.Of("ec2", "DescribeManagedPrefixLists", "ec2:DescribeManagedPrefixLists", "PrefixLists", "PrefixListArn MaxEntries AddressFamily")
            .Fill("prefix_list", "One managed prefix list.", "PrefixLists[]", "prefix_list_id", """
                prefix_list_id PrefixListId
                prefix_list_name PrefixListName
                address_family AddressFamily
                max_entries MaxEntries int
                owner_id OwnerId
                """),
        Call.Of("ec2", "GetManagedPrefixListEntries", "ec2:GetManagedPrefixListEntries", "Entries", "Cidr")
            .About("prefix_list", "PrefixListId")
            .Fill("prefix_list_entry", "One range of a managed prefix list.", "Entries[]", "prefix_list_id cidr", """
                prefix_list_id @resource
                cidr Cidr
                description Description
                """),
        Call.Of("ec2", "DescribePrefixLists", "ec2:DescribePrefixLists", "PrefixLists", "Cidrs")
            .FillAlso("prefix_list_entry", "PrefixLists[].Cidrs[]", """
                prefix_list_id ^PrefixListId
                cidr $
                description ^PrefixListName
                """, isPartial: false),
        Call.Of("ec2", "DescribeAddresses", "ec2:DescribeAddresses", "Addresses", "PublicIp AllocationId")
            .Fill("address", "One Elastic IP address.", "Addresses[]", "public_ip", """
                public_ip PublicIp
                allocation_id AllocationId
                association_id AssociationId
                domain Domain
                instance_id InstanceId
                network_interface_id NetworkInterfaceId
                private_ip_address PrivateIpAddress
                tags Tags tags
                """),
        Call.Of("ec2", "DescribeRegions", "ec2:DescribeRegions", "Regions", "RegionName Endpoint OptInStatus").Everywhere()
            .Fill("aws_region", "One region the account can see.", "Regions[]", "region_name", """
                region_name RegionName
                opt_in_status OptInStatus
                endpoint Endpoint
                """),
        Call.Of("ec2", "DescribeAvailabilityZones", "ec2:DescribeAvailabilityZones", "AvailabilityZones", "ZoneName")
            .Fill("availability_zone", "One zone as this account names it.", "AvailabilityZones[]", "zone_name", """
                zone_name ZoneName
                zone_id ZoneId
                state State
                opt_in_status OptInStatus
                zone_type ZoneType
                region_name RegionName
                """),
        Call.Of("ec2", "DescribeFlowLogs", "ec2:DescribeFlowLogs", "FlowLogs", "FlowLogId")
            .Fill("flow_log", "One flow-log subscription.", "FlowLogs[]", "flow_log_id", """
                flow_log_id FlowLogId
                resource_id ResourceId
                traffic_type TrafficType
                log_destination_type LogDestinationType
                flow_log_status FlowLogStatus
                """),
    ];
}
