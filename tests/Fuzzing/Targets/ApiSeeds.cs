using System.Text;
using IntegrationHub.Hub.Tests;
using IntegrationHub.Hub.Tests.Access;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>A request for each endpoint of a running hub, and each sample of each vendor as a webhook.</summary>
internal static class ApiSeeds
{
    /// <summary>Begins the subject of what is signed before it is sent.</summary>
    public const string Webhook = "webhook ";

    /// <summary>Stand for an id that the running hub has, and for a key that it takes: these differ from run to run.</summary>
    public const string Contact = "{contact}", Key = "{key}";

    private static readonly (string Path, string Query)[] Queries =
    [
        ("/api/contacts", "q=m%C3%BCller&limit=5"), ("/api/contacts", "email=zoe%40example.com"), ("/api/contacts", "phone=%2B49221555&cursor=3"), ("/api/contacts", "identifier=customer%3Ashopify%3A1"), ("/api/contacts", "limit=2&cursor=1"),
        ("/api/contacts/{contact}", "asOf=2026-11-20T00%3A00%3A00Z&by=known"), ("/api/contacts/{contact}/timeline", "limit=2&cursor=638996256000000000-3"), ("/api/contacts/{contact}/timeline", "asOf=2026-11-20T00%3A00%3A00Z&by=occurred"),
        ("/api/contacts/{contact}/explain", "from=email%3Aa%40example.com&to=customer%3Ashopify%3A1&format=text"), ("/api/contacts/{contact}/explain/identifiers/email:a@example.com", "format=text"), ("/api/contacts/{contact}/export", "format=html&author=x"), ("/api/deliveries", "status=done&connection=shopify&limit=3&cursor=9"),
        ("/api/review", "kind=refused_tie&limit=5&cursor=1-2-3"), ("/api/audit", "limit=3&cursor=4"), ("/api/connections/shopify/gaps", "since=2026-11-01T00%3A00%3A00Z&limit=3"), ("/oauth/callback", "state=x&code=y&error=z"),
    ];

    private static readonly (string Line, string Body)[] Bodies =
    [
        ("POST /api/decisions?dryRun=true", """{"type": "must_link", "identifiers": ["email:a@example.com", "customer:shopify:7"], "author": "x", "reason": "y"}"""),
        ("POST /api/decisions", """{"type": "must_link", "contacts": ["{contact}", "{contact}"]}"""),
        ("POST /api/decisions", """{"type": "cannot_link", "identifiers": ["email:a@example.com", "phone:+49 221 5550110"]}"""),
        ("POST /api/decisions", """{"type": "block_value", "kind": "customer", "connection": "shopify", "value": "7"}"""),
        ("POST /api/decisions?dryRun=true", """{"type": "block_value", "identifier": "email:info@example.com"}"""),
        ("POST /api/decisions", """{"type": "pin_field", "contact": "{contact}", "field": "custom.plan", "value": "gold"}"""),
        ("POST /api/keys", """{"name": "mia", "role": "viewer"}"""),
        ("POST /api/connections/shopify/backfill", """{"since": "2026-11-01T00:00:00Z", "streams": ["orders"], "restart": true}"""),
        ("POST /api/connections/hubspot/authorize", "{}"),
        ("DELETE /api/decisions/{contact}", ""),
    ];

    public static IEnumerable<FuzzInput> Of(TestHub hub)
    {
        KeyValuePair<string, string>[] headers = [new("Authorization", $"Bearer {Key}"), new("Content-Type", "application/json")];
        foreach (var (method, path, _) in hub.Endpoints(Contact)) yield return new FuzzInput("api", $"{method} {path}", headers, method is "POST" or "PUT" or "PATCH" ? "{}"u8.ToArray() : []);
        foreach (var (path, query) in Queries) yield return new FuzzInput("api", $"GET {path}?{query}", headers, []);
        foreach (var (line, body) in Bodies) yield return new FuzzInput("api", line, headers, Encoding.UTF8.GetBytes(body));
        foreach (var connection in hub.Configuration.Connections.Values.OrderBy(connection => connection.Name, StringComparer.Ordinal))
        {
            foreach (var sample in VendorSample.All(connection.Connector.Key))
                yield return new FuzzInput(Webhook + connection.Name, $"POST /webhooks/{connection.Name}{(sample.Query.Length > 0 ? "?" : "")}{sample.Query}", [.. sample.Headers], sample.Body);
        }
    }
}
