using System.Globalization;
using IntegrationHub.Connectors;
using IntegrationHub.Contracts;
using RestEase;

namespace IntegrationHub.Hub.Tests.Vendors;

/// <summary>A vendor that never was: its webhooks only point to customers and orders, which its API tells.</summary>
[Connector("lumen", "Lumen", ConnectorCategory.Crm)]
internal sealed class LumenConnector(LumenSettings settings) : IWebhookSource, IHydrate
{
    public WebhookAuthentication Authentication { get; } = new HmacAuthentication(settings.WebhookSecret) { Header = "X-Lumen-Signature" };

    public TopicTable Topics { get; } = new()
    {
        { "changed", delivery => new Normalization.NeedsHydration([.. References(delivery.Json)]) },
        { "signed", delivery => new Normalization.Events([new Fact("signed/" + delivery.Json["email"].RequiredText(), Observed(delivery.Json, delivery.ReceivedAt))]) { ToFetch = [.. References(delivery.Json)] } },
    };

    public ApiAccess? Api { get; } = settings.Credential is not { } credential ? null : new ApiAccess
    {
        Address = new Uri(settings.ApiUrl ?? "https://api.lumen.example"),
        Account = settings.Account,
        Credential = credential,
        Limit = new CallLimit(settings.CallsPerMinute, TimeSpan.FromMinutes(1)),
        Timeout = settings.Timeout,
        Parallel = settings.Parallel,
        Judge = Judge,
    };

    public string Topic(WebhookDelivery delivery) => delivery.Json["topic"].RequiredText();

    public string? DeliveryId(WebhookRequest request) => JsonPeek.Text(request.Body.Span, "delivery");

    public async Task<IReadOnlyList<VendorObject>> FetchAsync(ObjectReference reference, VendorApi api, CancellationToken cancellationToken)
    {
        if (reference.ObjectId == "bug") throw new InvalidOperationException("a connector's own fault");
        var read = await api.As<ILumenApi>().ReadAsync(reference.ObjectType, reference.ObjectId, cancellationToken);
        return read.Exists ? [new VendorObject(reference.ObjectType, read["id"].RequiredId(), read)] : [];
    }

    public Normalization Normalize(ObjectReference what, WebhookDelivery delivery) =>
        Normalization.Of($"{what.ObjectType}/{what.ObjectId}/state/{delivery.Json["version"].Scalar()}", Observed(delivery.Json, delivery.ReceivedAt));

    private static IEnumerable<ObjectReference> References(Payload json) =>
        json["objects"].Items().Select(item => item.RequiredText().Split('/') is [var type, var id] ? new ObjectReference(type, id) : throw new PayloadException(item.Path, "names no object"));

    private static ContactObserved Observed(Payload json, DateTimeOffset at) => new()
    {
        OccurredAt = json["at"].Text() is { } told ? DateTimeOffset.Parse(told, CultureInfo.InvariantCulture) : at,
        TimeBasis = json["at"].Exists ? TimeBasis.Vendor : TimeBasis.Arrival,
        Person = new Person { Identifiers = [Identifier.Email(json["email"].RequiredText())], FullName = json["name"].Text() },
        Source = new SourceReference { ObjectType = "customer", ObjectId = json["id"].Scalar() ?? "0" },
    };

    /// <summary>Lumen answers 200 with an error inside.</summary>
    private static VendorException? Judge(VendorAnswer answer) => answer.Status is not 200 ? null : answer.Json()?["error"].Text() switch
    {
        null => null,
        "token_expired" => new VendorException(VendorFault.Unauthorized, "the vendor says that the token has expired"),
        "busy" => new VendorException(VendorFault.Unavailable, "the vendor says that it is busy"),
        _ => new VendorException(VendorFault.Refused, "the vendor says that the call is wrong"),
    };
}

/// <summary>Lumen's API.</summary>
public interface ILumenApi
{
    [Get("{type}s/{id}")]
    Task<Payload> ReadAsync([Path] string type, [Path] string id, CancellationToken cancellationToken);

    [Post("{type}s")]
    Task<Payload> CreateAsync([Path] string type, [Body] string body, CancellationToken cancellationToken);

    [Get("{address}")]
    Task<Payload> ReadAtAsync([Path(UrlEncode = false)] string address, CancellationToken cancellationToken);
}

internal sealed record LumenSettings : ApiSettings
{
    [Secret]
    public required Secrets WebhookSecret { get; init; }

    [Secret]
    public string? ApiKey { get; init; }

    [Secret]
    public string? ClientSecret { get; init; }

    public string ClientId { get; init; } = "lumen-client";

    [Secret]
    public string? RefreshToken { get; init; }

    /// <summary>Null for a client that needs nobody's consent.</summary>
    public string? AuthorizeUrl { get; init; }

    public string? TokenHeader { get; init; }

    public string Account { get; init; } = "acme";

    public int CallsPerMinute { get; init; } = 100_000;

    public int Parallel { get; init; } = 2;

    /// <summary>Long: tests let hours pass while a call goes on.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(10);

    public ApiCredential? Credential => ClientSecret is null ? ApiKey is null ? null : ApiCredential.Bearer(ApiKey) : new ApiCredential.OAuth(new OAuthGrant
    {
        AuthorizeAddress = AuthorizeUrl is null ? null : new Uri(AuthorizeUrl),
        TokenAddress = new Uri(ApiUrl + "/oauth/token"),
        ClientId = ClientId,
        ClientSecret = ClientSecret,
        RefreshToken = RefreshToken,
        Scopes = ["customers", "orders"],
        Pkce = true,
        TokenHeader = TokenHeader,
        AuthorizeParameters = new Dictionary<string, string> { ["access_type"] = "offline" },
    });
}
