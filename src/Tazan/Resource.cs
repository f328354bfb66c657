namespace Tazan;

/// <summary>One thing in a fleet, named as AWS names it.</summary>
/// <param name="Type">The snapshot table that lists it, such as <c>instance</c>; <c>service</c> and <c>account</c> are types too.</param>
/// <param name="Id">The id or name AWS gave it, such as <c>i-0a1b2c3d4e5f67890</c>.</param>
/// <param name="Account">Twelve digits, or <c>unknown</c> where nothing in the input named the account.</param>
/// <param name="Region">Such as <c>ap-northeast-1</c>; <c>global</c> for what has no region; <c>unknown</c> where nothing named it.</param>
public readonly record struct Resource(string Type, string Id, string Account, string Region)
{
    /// <summary>The ARN where the type has a regular one, else <see cref="Id"/> (which may be an ARN itself).</summary>
    public string Arn
    {
        get
        {
            // An ARN with a part that nobody knows would name something that does not exist.
            if (Id.StartsWith("arn:", StringComparison.Ordinal) || Account == Identity.Unknown || Region == Identity.Unknown)
            {
                return Id;
            }

            var partition = Region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
                : Region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";
            var path = Type switch
            {
                "instance" or "volume" or "image" or "subnet" or "vpc" => $"ec2:{Region}:{Account}:{Type}/{Id}",
                "ebs_snapshot" => $"ec2:{Region}:{Account}:snapshot/{Id}",
                "security_group" => $"ec2:{Region}:{Account}:security-group/{Id}",
                "network_interface" => $"ec2:{Region}:{Account}:network-interface/{Id}",
                "nat_gateway" => $"ec2:{Region}:{Account}:natgateway/{Id}",
                "function" => $"lambda:{Region}:{Account}:function:{Id}",
                "workgroup" => $"athena:{Region}:{Account}:workgroup/{Id}",
                "db_instance" => $"rds:{Region}:{Account}:db:{Id}",
                "bucket" => $"s3:::{Id}",
                _ => null,
            };
            return path is null ? Id : $"arn:{partition}:{path}";
        }
    }
}
