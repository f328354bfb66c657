namespace Tazan.Inventory.Calls;

/// <summary>EC2: instances and what they run from.</summary>
internal static class Ec2Instances
{
    internal static readonly Call[] Calls =
    [
        Call.Of("ec2", "DescribeInstances", "ec2:DescribeInstances", "Reservations")
            .Fill("instance", "One EC2 instance.", "Reservations[].Instances[]", "instance_id", """
                instance_id InstanceId
                image_id ImageId
                instance_type InstanceType
                state State.Name
                state_reason_code StateReason.Code
                state_transition_reason StateTransitionReason
                availability_zone Placement.AvailabilityZone
                placement_group Placement.GroupName
                tenancy Placement.Tenancy
                host_id Placement.HostId
                launch_time LaunchTime time
                private_ip_address PrivateIpAddress
                public_ip_address PublicIpAddress
                subnet_id SubnetId
                vpc_id VpcId
                architecture Architecture
                virtualization_type VirtualizationType
                hypervisor Hypervisor
                kernel_id KernelId
                ramdisk_id RamdiskId
                platform Platform
                platform_details PlatformDetails
                root_device_name RootDeviceName
                root_device_type RootDeviceType
                ebs_optimized EbsOptimized bool
                ena_support EnaSupport bool
                sriov_net_support SriovNetSupport
                boot_mode BootMode
                current_instance_boot_mode CurrentInstanceBootMode
                instance_lifecycle InstanceLifecycle
                iam_instance_profile IamInstanceProfile.Arn
                monitoring Monitoring.State
                auto_recovery MaintenanceOptions.AutoRecovery
                reboot_migration MaintenanceOptions.RebootMigration
                http_tokens MetadataOptions.HttpTokens
                core_count CpuOptions.CoreCount int
                threads_per_core CpuOptions.ThreadsPerCore int
                block_device_count BlockDeviceMappings count
                security_groups SecurityGroups[].GroupId list
                owner_id ^OwnerId
                reservation_id ^ReservationId
                requester_id ^RequesterId
                tags Tags tags
                """)
            .Fill("block_device", "One volume attached to an instance, as the instance lists it.", "Reservations[].Instances[].BlockDeviceMappings[]", "instance_id device_name", """
                instance_id ^InstanceId
                device_name DeviceName
                volume_id Ebs.VolumeId
                status Ebs.Status
                attach_time Ebs.AttachTime time
                delete_on_termination Ebs.DeleteOnTermination bool
                """)
            .FillAlso("network_interface", "Reservations[].Instances[].NetworkInterfaces[]", """
                network_interface_id NetworkInterfaceId
                instance_id ^InstanceId
                device_index Attachment.DeviceIndex int
                availability_zone ^Placement.AvailabilityZone
                subnet_id SubnetId
                vpc_id VpcId
                private_ip_address PrivateIpAddress
                public_ip_address Association.PublicIp
                ipv6_addresses Ipv6Addresses[].Ipv6Address list
                interface_type InterfaceType
                status Status
                source_dest_check SourceDestCheck bool
                security_groups Groups[].GroupId list
                tcp_established_timeout ConnectionTrackingConfiguration.TcpEstablishedTimeout int
                udp_timeout ConnectionTrackingConfiguration.UdpTimeout int
                udp_stream_timeout ConnectionTrackingConfiguration.UdpStreamTimeout int
                owner_id OwnerId
                description Description
                """),
        Call.Of("ec2", "DescribeInstanceStatus", "ec2:DescribeInstanceStatus", "InstanceStatuses")
            .Fill("instance_status", "The status checks of one instance.", "InstanceStatuses[]", "instance_id", """
                instance_id InstanceId
                availability_zone AvailabilityZone
                state InstanceState.Name
                instance_status InstanceStatus.Status
                instance_reachability InstanceStatus.Details[0].Status
                instance_impaired_since InstanceStatus.Details[0].ImpairedSince time
                system_status SystemStatus.Status
                system_impaired_since SystemStatus.Details[0].ImpairedSince time
                attached_ebs_status AttachedEbsStatus.Status
                """)
            .Fill("scheduled_event", "One event the provider has scheduled for an instance.", "InstanceStatuses[].Events[]", "instance_id instance_event_id code not_before", """
                instance_id ^InstanceId
                instance_event_id InstanceEventId
                code Code
                description Description
                not_before NotBefore time
                not_after NotAfter time
                not_before_deadline NotBeforeDeadline time
                availability_zone ^AvailabilityZone
                """),
        Call.Of("ec2", "DescribeInstanceTypes", "ec2:DescribeInstanceTypes", "InstanceTypes")
            .Fill("instance_type", "One instance type as the provider describes it in that region.", "InstanceTypes[]", "instance_type", """
                instance_type InstanceType
                current_generation CurrentGeneration bool
                bare_metal BareMetal bool
                hypervisor Hypervisor
                vcpus VCpuInfo.DefaultVCpus int
                memory_mib MemoryInfo.SizeInMiB int
                architectures ProcessorInfo.SupportedArchitectures list
                virtualization_types SupportedVirtualizationTypes list
                root_device_types SupportedRootDeviceTypes list
                boot_modes SupportedBootModes list
                ena_support NetworkInfo.EnaSupport
                network_performance NetworkInfo.NetworkPerformance
                maximum_network_interfaces NetworkInfo.MaximumNetworkInterfaces int
                default_tcp_established_timeout NetworkInfo.ConnectionTrackingConfiguration.DefaultTcpEstablishedTimeout int
                nvme_support EbsInfo.NvmeSupport
                ebs_optimized_support EbsInfo.EbsOptimizedSupport
                ebs_baseline_mbps EbsInfo.EbsOptimizedInfo.BaselineBandwidthInMbps int
                ebs_baseline_iops EbsInfo.EbsOptimizedInfo.BaselineIops int
                ebs_maximum_mbps EbsInfo.EbsOptimizedInfo.MaximumBandwidthInMbps int
                burstable BurstablePerformanceSupported bool
                instance_storage InstanceStorageSupported bool
                auto_recovery AutoRecoverySupported bool
                reboot_migration RebootMigrationSupport
                """),
        Call.Of("ec2", "DescribeInstanceTypeOfferings", "ec2:DescribeInstanceTypeOfferings", "InstanceTypeOfferings")
            .Fill("instance_type_offering", "An instance type offered in a place.", "InstanceTypeOfferings[]", "instance_type location", """
                instance_type InstanceType
                location_type LocationType
                location Location
                """),
        Call.Of("ec2", "DescribeInstanceCreditSpecifications", "ec2:DescribeInstanceCreditSpecifications", "InstanceCreditSpecifications")
            .Fill("credit_specification", "The CPU-credit mode of one burstable instance.", "InstanceCreditSpecifications[]", "instance_id", """
                instance_id InstanceId
                cpu_credits CpuCredits -- standard or unlimited
                """),
        Call.Of("ec2", "DescribeInstanceEventWindows", "ec2:DescribeInstanceEventWindows", "InstanceEventWindows")
            .Fill("event_window", "A weekly window in which the provider may carry out scheduled events.", "InstanceEventWindows[]", "instance_event_window_id", """
                instance_event_window_id InstanceEventWindowId
                name Name
                state State
                cron_expression CronExpression
                time_ranges TimeRanges json
                instance_ids AssociationTarget.InstanceIds list
                target_tags AssociationTarget.Tags tags
                dedicated_host_ids AssociationTarget.DedicatedHostIds list
                tags Tags tags
                """),
        Call.Of("ec2", "DescribeInstanceAttribute", "ec2:DescribeInstanceAttribute", "DisableApiTermination DisableApiStop UserData KernelId RamdiskId SriovNetSupport EnaSupport", "").With("InstanceId")
            .About("instance", "InstanceId")
            .Fill("instance_attribute", "Attributes that DescribeInstances does not tell. User data is never kept.", "", "instance_id", """
                instance_id InstanceId
                disable_api_termination DisableApiTermination.Value bool
                disable_api_stop DisableApiStop.Value bool
                kernel_id KernelId.Value
                """),
        Call.Of("ec2", "DescribeImages", "ec2:DescribeImages", "Images", "ImageId")
            .Fill("image", "One machine image (AMI, or a kernel or RAM-disk image).", "Images[]", "image_id", """
                image_id ImageId
                name Name
                image_type ImageType
                state State
                owner_id OwnerId
                image_owner_alias ImageOwnerAlias
                public Public bool
                creation_date CreationDate time
                deprecation_time DeprecationTime time
                last_launched_time LastLaunchedTime time
                architecture Architecture
                virtualization_type VirtualizationType
                hypervisor Hypervisor
                kernel_id KernelId
                ramdisk_id RamdiskId
                root_device_name RootDeviceName
                root_device_type RootDeviceType
                ena_support EnaSupport bool
                sriov_net_support SriovNetSupport
                boot_mode BootMode
                platform Platform
                platform_details PlatformDetails
                imds_support ImdsSupport
                description Description
                source_instance_id SourceInstanceId
                source_image_id SourceImageId
                tags Tags tags
                """)
            .Fill("image_block_device", "One volume that an image brings.", "Images[].BlockDeviceMappings[]", "image_id device_name", """
                image_id ^ImageId
                device_name DeviceName
                virtual_name VirtualName
                snapshot_id Ebs.SnapshotId
                volume_size Ebs.VolumeSize int
                volume_type Ebs.VolumeType
                encrypted Ebs.Encrypted bool
                kms_key_id Ebs.KmsKeyId
                volume_initialization_rate Ebs.VolumeInitializationRate int
                delete_on_termination Ebs.DeleteOnTermination bool
                """),
        Call.Of("ec2", "DescribeLaunchTemplates", "ec2:DescribeLaunchTemplates", "LaunchTemplates", "LaunchTemplateId")
            .Fill("launch_template", "One launch template.", "LaunchTemplates[]", "launch_template_id", """
                launch_template_id LaunchTemplateId
                launch_template_name LaunchTemplateName
                default_version_number DefaultVersionNumber int
                latest_version_number LatestVersionNumber int
                create_time CreateTime time
                tags Tags tags
                """),
        Call.Of("ec2", "DescribeLaunchTemplateVersions", "ec2:DescribeLaunchTemplateVersions", "LaunchTemplateVersions")
            .About("launch_template", "LaunchTemplateId")
            .Fill("launch_template_version", "One version of a launch template. User data is never kept.", "LaunchTemplateVersions[]", "launch_template_id version_number", """
                launch_template_id LaunchTemplateId
                launch_template_name LaunchTemplateName
                version_number VersionNumber int
                default_version DefaultVersion bool
                create_time CreateTime time
                image_id LaunchTemplateData.ImageId
                kernel_id LaunchTemplateData.KernelId
                instance_type LaunchTemplateData.InstanceType
                security_group_ids LaunchTemplateData.SecurityGroupIds list
                cpu_credits LaunchTemplateData.CreditSpecification.CpuCredits
                auto_recovery LaunchTemplateData.MaintenanceOptions.AutoRecovery
                block_devices LaunchTemplateData.BlockDeviceMappings json
                """),
        Call.Of("ec2", "DescribeCapacityReservations", "ec2:DescribeCapacityReservations", "CapacityReservations", "CapacityReservationId")
            .Fill("capacity_reservation", "Reserved capacity of one type in one zone.", "CapacityReservations[]", "capacity_reservation_id", """
                capacity_reservation_id CapacityReservationId
                instance_type InstanceType
                availability_zone AvailabilityZone
                state State
                total_instance_count TotalInstanceCount int
                available_instance_count AvailableInstanceCount int
                end_date EndDate time
                """),
        Call.Of("ec2", "DescribePlacementGroups", "ec2:DescribePlacementGroups", "PlacementGroups", "Strategy GroupName")
            .Fill("placement_group", "One placement group.", "PlacementGroups[]", "group_name", """
                group_name GroupName
                strategy Strategy
                state State
                partition_count PartitionCount int
                spread_level SpreadLevel
                """),
        Call.Of("ec2", "GetConsoleOutput", "ec2:GetConsoleOutput", "Output", "").With("InstanceId")
            .About("instance", "InstanceId")
            .Fill("console_output", "That a console output was read; the text itself is kept only as its last lines.", "", "instance_id", """
                instance_id InstanceId
                timestamp Timestamp time
                output Output
                """),
    ];
}
