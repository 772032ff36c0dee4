namespace IntegrationHub.Connectors.Tests.Kit;

/// <summary>What is stored of a request besides its body.</summary>
public sealed class KeptParametersTests
{
    [Fact]
    public void Named_headers_and_parameters_are_kept_and_no_others()
    {
        var request = (Given.Post() with { Query = "event=invoice.sent&secret=s&src=hub" }).WithHeader("X-Topic", "t").WithHeader("Authorization", "Bearer s").WithHeader("event", "header");
        var kept = WebhookDelivery.Kept(new Source(), request);
        Assert.Equal([new("?event", "invoice.sent"), new("Content-Type", "application/json"), new("X-Topic", "t")], kept.OrderBy(entry => entry.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("event=a%20b+c", "a b c")]
    [InlineData("event=%20paid%20", "paid")]
    [InlineData("event=a&event=b", "b")]
    [InlineData("event=Zo%C3%AB", "Zoë")]
    [InlineData("event=a%3Db%26c", "a=b&c")]
    [InlineData("event=%zz", "%zz")]
    [InlineData("event=", null)]
    [InlineData("event", null)]
    [InlineData("event=a%00b", null)]
    [InlineData("Event=a", null)]
    [InlineData("=a&&", null)]
    [InlineData("", null)]
    public void Parameter_is_read_decoded(string query, string? value)
    {
        var request = Given.Post() with { Query = query };
        var delivery = new WebhookDelivery { Connection = "c", Connector = "c", Headers = WebhookDelivery.Kept(new Source(), request), Body = request.Body, ReceivedAt = Given.Arrival };
        Assert.Equal(value, delivery.Parameter("event"));
    }

    [Fact]
    public void Methods_are_post_unless_the_connector_says_otherwise() => Assert.Equal(["POST"], ((IWebhookSource)new Source()).Methods);

    private sealed class Source : IWebhookSource
    {
        public WebhookAuthentication Authentication => throw new NotSupportedException();

        public TopicTable Topics { get; } = [];

        public IReadOnlyList<string> KeptHeaders { get; } = ["X-Topic"];

        public IReadOnlyList<string> KeptParameters { get; } = ["event"];

        public string Topic(WebhookDelivery delivery) => "";

        public string? DeliveryId(WebhookRequest request) => null;
    }
}
