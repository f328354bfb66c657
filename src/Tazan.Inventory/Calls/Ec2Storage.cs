namespace Tazan.Inventory.Calls;

/// <summary>EC2: volumes, snapshots and what decides how fast they come back.</summary>
internal static class Ec2Storage
{
    internal static readonly Call[] Calls =
    [
        Call.Of("ec2", "DescribeVolumes", "ec2:DescribeVolumes", "Volumes", "VolumeId Attachments")
            .Fill("volume", "One EBS volume.", "Volumes[]", "volume_id", """
                volume_id VolumeId
                availability_zone AvailabilityZone
                state State
                size Size int -- GiB
                volume_type VolumeType
                iops Iops int
                throughput Throughput int -- MiB/s
                volume_initialization_rate VolumeInitializationRate int -- MiB/s
                snapshot_id SnapshotId
                source_volume_id SourceVolumeId
                fast_restored FastRestored bool
                encrypted Encrypted bool
                kms_key_id KmsKeyId
                multi_attach_enabled MultiAttachEnabled bool
                create_time CreateTime time
                attachment_count Attachments count
                tags Tags tags
                """)
            .Fill("volume_attachment", "One attachment of a volume, as the volume lists it.", "Volumes[].Attachments[]", "volume_id instance_id", """
                volume_id VolumeId|^VolumeId
                instance_id InstanceId
                device Device
                state State
                attach_time AttachTime time
                delete_on_termination DeleteOnTermination bool
                """),
        Call.Of("ec2", "DescribeVolumeStatus", "ec2:DescribeVolumeStatus", "VolumeStatuses")
            .Fill("volume_status", "The I/O status of one volume.", "VolumeStatuses[]", "volume_id", """
                volume_id VolumeId
                availability_zone AvailabilityZone
                status VolumeStatus.Status
                details VolumeStatus.Details json
                events Events json
                actions Actions json
                initialization_type InitializationStatusDetails.InitializationType
                initialization_progress InitializationStatusDetails.Progress int -- per cent
                estimated_time_to_complete InitializationStatusDetails.EstimatedTimeToCompleteInSeconds int -- seconds
                """),
        Call.Of("ec2", "DescribeVolumesModifications", "ec2:DescribeVolumesModifications", "VolumesModifications")
            .Fill("volume_modification", "The newest modification of one volume.", "VolumesModifications[]", "volume_id start_time", """
                volume_id VolumeId
                modification_state ModificationState
                original_size OriginalSize int
                target_size TargetSize int
                original_volume_type OriginalVolumeType
                target_volume_type TargetVolumeType
                progress Progress int
                start_time StartTime time
                """),
        Call.Of("ec2", "DescribeSnapshots", "ec2:DescribeSnapshots", "Snapshots", "SnapshotId VolumeSize StartTime")
            .Fill("ebs_snapshot", "One EBS snapshot.", "Snapshots[]", "snapshot_id", """
                snapshot_id SnapshotId
                volume_id VolumeId
                volume_size VolumeSize int -- GiB
                full_snapshot_size FullSnapshotSizeInBytes int -- bytes
                state State
                start_time StartTime time
                completion_time CompletionTime time
                progress Progress
                owner_id OwnerId
                encrypted Encrypted bool
                kms_key_id KmsKeyId
                storage_tier StorageTier
                description Description
                tags Tags tags
                """),
        Call.Of("ec2", "DescribeFastSnapshotRestores", "ec2:DescribeFastSnapshotRestores", "FastSnapshotRestores")
            .Fill("fast_snapshot_restore", "Fast snapshot restore of one snapshot in one zone.", "FastSnapshotRestores[]", "snapshot_id availability_zone", """
                snapshot_id SnapshotId
                availability_zone AvailabilityZone
                state State
                owner_id OwnerId
                optimizing_time OptimizingTime time
                enabled_time EnabledTime time
                """),
        Call.Of("ec2", "GetEbsEncryptionByDefault", "ec2:GetEbsEncryptionByDefault", "EbsEncryptionByDefault")
            .Fill("ebs_encryption_by_default", "Whether new volumes are encrypted without being asked.", "", "", """
                enabled EbsEncryptionByDefault bool
                """),
    ];
}
