using System.Text.Json.Serialization;

namespace IntegrationHub.Bench.Baselines;

/// <summary>How plain servers read JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PlainOrder))]
[JsonSerializable(typeof(PlainForm))]
internal sealed partial class PlainJson : JsonSerializerContext;
