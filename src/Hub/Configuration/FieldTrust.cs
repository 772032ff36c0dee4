using System.Collections.Frozen;

namespace IntegrationHub.Hub.Configuration;

/// <summary>How far to trust what one connection says.</summary>
/// <param name="Usual">0 to 100, for fields that are not listed.</param>
/// <param name="Fields">0 to 100 by field.</param>
internal sealed record FieldTrust(int Usual, FrozenDictionary<string, int> Fields)
{
    public int Of(string field) => Fields.Count == 0 ? Usual : Fields.GetValueOrDefault(field, Usual);
}
