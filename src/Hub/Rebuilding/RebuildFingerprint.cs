using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Decisions;

namespace IntegrationHub.Hub.Rebuilding;

/// <summary>All that the record follows from besides events: configuration, decisions that hold, erasures, and the build of the hub. A shadow made under another one says nothing about today.</summary>
internal static class RebuildFingerprint
{
    public static string Of(HubConfiguration configuration, IEnumerable<StoredDecision> decisions, long lastErasure, RebuildSource source)
    {
        var identity = configuration.Identity;
        IEnumerable<string> parts =
        [
            source.ToString(),
            .. new[] { typeof(ContactEvent), typeof(ConnectorCatalog), typeof(RebuildFingerprint) }.Select(type => type.Module.ModuleVersionId.ToString("N")),
            identity.Limits.ToString(),
            identity.Emails.ToString(),
            .. new IEnumerable<string>[] { identity.BlockedEmails, identity.BlockedPhones, identity.BlockedIds }.SelectMany(blocked => blocked.Order(StringComparer.Ordinal)),
            .. identity.Trust.OrderBy(trust => trust.Key, StringComparer.Ordinal).SelectMany(Lines),
            $"erasure {lastErasure}",
            .. configuration.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal).Select(connection => $"{connection.Name} {connection.Enabled} {connection.Fingerprint}"),
            .. decisions.OrderBy(made => made.Id).Select(made => $"{made.Id:N} {JsonSerializer.Serialize(made.Decision, HubJson.Default.Decision)}"),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }
    private static IEnumerable<string> Lines(KeyValuePair<string, FieldTrust> trust) =>
        trust.Value.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{trust.Key} {field.Key} {field.Value}").Prepend($"{trust.Key} {trust.Value.Usual}");
}
