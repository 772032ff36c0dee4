namespace IntegrationHub.Contracts.Tests;

/// <summary>Every message that others build on.</summary>
public static class Contracts
{
    public static IReadOnlyList<Type> HubMessages { get; } = [typeof(ContactChanged), typeof(ContactsMerged), typeof(ContactSplit), typeof(ContactErased)];

    public static IEnumerable<Type> All => ContractKinds.All.Values.Concat(HubMessages).OrderBy(type => type.Name, StringComparer.Ordinal);

    public static TheoryData<string> Kinds => [.. ContractKinds.All.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> HubMessageNames => [.. HubMessages.Select(type => type.Name)];
}
