namespace Tazan;

/// <summary>An AWS call that should have been read and was not; what depends on it is unknown, never clear.</summary>
/// <param name="Account">Twelve digits, or <c>unknown</c>.</param>
/// <param name="Region">A region, or <c>global</c>.</param>
/// <param name="Service">The service's short name, such as <c>ec2</c>.</param>
/// <param name="Operation">The API operation, such as <c>DescribeVolumes</c>.</param>
/// <param name="Reason">Why: <c>not in the input</c>, an AWS error code, a broken file with its name and line.</param>
/// <param name="Mend">What makes it readable: the CLI command to save, or the IAM action to allow.</param>
public sealed record BlindSpot(string Account, string Region, string Service, string Operation, string Reason, string Mend);
