namespace IntegrationHub.Hub.Tests.Telemetry;

/// <summary>Tests that listen to the whole process: no other hub may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
