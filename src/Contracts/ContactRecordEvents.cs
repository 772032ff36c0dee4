namespace IntegrationHub.Contracts;

/// <summary>A tool showed what it holds about a person: created, updated, tagged.</summary>
public sealed record ContactObserved : ContactEvent;

/// <summary>A tool deleted its record of a person. That tool's earlier claims stop counting; the contact stays.</summary>
public sealed record ContactRemovedAtSource : ContactEvent;
