using System.Text.Json.Serialization;
using IntegrationHub.Hub.Decisions;
using IntegrationHub.Hub.Sync.Record;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub;

/// <summary>JSON of what the hub itself stores, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(ContactState))]
[JsonSerializable(typeof(EntityState))]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(TokenSecrets))]
internal sealed partial class HubJson : JsonSerializerContext;
