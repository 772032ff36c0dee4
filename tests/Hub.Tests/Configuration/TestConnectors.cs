using System.ComponentModel.DataAnnotations;
using IntegrationHub.Connectors;

namespace IntegrationHub.Hub.Tests.Configuration;

/// <summary>A connector with a setting of every type.</summary>
[Connector("testshop", "Test shop", ConnectorCategory.Ecommerce)]
internal sealed class TestShopConnector : IWebhookSource
{
    public TestShopConnector(TestShopSettings settings)
    {
        if (settings.Note == "refused") throw new FormatException("The note 'refused' is refused.");
        Authentication = new HmacAuthentication(settings.WebhookSecret) { Header = "X-Test-Signature" };
    }

    public WebhookAuthentication Authentication { get; }

    public TopicTable Topics { get; } = new() { { "note", "only a test" } };

    public string Topic(WebhookDelivery delivery) => "note";

    public string? DeliveryId(WebhookRequest request) => null;
}

internal enum TestMode
{
    Live,
    DryRun,
}

internal sealed record TestShopSettings : ConnectorSettings
{
    [Secret]
    public required Secrets WebhookSecret { get; init; }

    public string? Note { get; init; }

    [Range(1, 10)]
    public int Retries { get; init; } = 3;

    [Range(typeof(decimal), "0.5", "9.5")]
    public decimal Rate { get; init; } = 1;

    public bool Verbose { get; init; }

    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    public Uri? Site { get; init; }

    public TestMode Mode { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>A connector without webhooks.</summary>
[Connector("testcrm", "Test CRM", ConnectorCategory.Crm)]
internal sealed class TestCrmConnector
{
    public TestCrmConnector(TestCrmSettings settings) => _ = settings;
}

internal sealed record TestCrmSettings : ConnectorSettings
{
    public string? Account { get; init; }
}
