namespace IntegrationHub.Connectors.Declarative;

/// <summary>A text that a delivery tells, and where it stands: an error names the place and never the text.</summary>
internal readonly record struct Told(string Text, Payload? At, string? Place = null)
{
    public string Path => At?.Path ?? Place ?? "$";

    public PayloadException Not(string expected) => new(Path, $"is not {expected}");
}
