namespace IntegrationHub.Connectors;

/// <summary>A delivery can't be read.</summary>
/// <param name="path">Where, for example <c>$.customer.id</c>.</param>
/// <param name="problem">What is wrong there, without the value: values are personal data.</param>
public sealed class PayloadException(string path, string problem) : Exception($"{path} {problem}")
{
    /// <summary>Where in the delivery.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong there.</summary>
    public string Problem { get; } = problem;
}
