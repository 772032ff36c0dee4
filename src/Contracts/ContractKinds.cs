using System.Collections.Frozen;

namespace IntegrationHub.Contracts;

/// <summary>The contract events by their name on the wire, which is the name of their type.</summary>
public static class ContractKinds
{
    /// <summary>Every concrete contract event, by name.</summary>
    public static FrozenDictionary<string, Type> All { get; } = typeof(ContactEvent).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(ContactEvent)))
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
}
