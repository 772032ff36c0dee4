using System.IO.Compression;
using System.Text;
using IntegrationHub.Connectors.Tests.Conformance;
using IntegrationHub.Connectors.Tests.Kit;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Tests.Segment;

/// <summary>What calls tell.</summary>
public sealed class CallTests
{
    private static readonly IWebhookSource Source = VendorFolder.Named("Segment").Source();

    [Fact]
    public void Call_without_a_message_id_is_one_fact_however_often_it_is_sent()
    {
        var first = Assert.Single(Facts("""{"type":"page","anonymousId":"a","properties":{"url":"https://x.example/"},"sentAt":"2026-11-20T15:04:05Z","_metadata":{"retryCount":0},"writeKey":"k1"}"""));
        var again = Assert.Single(Facts("""{"writeKey":"k2","sentAt":"2026-11-20T16:04:05Z","_metadata":{"retryCount":3},"type":"page","anonymousId":"a","properties":{"url":"https://x.example/"}}"""));
        var other = Assert.Single(Facts("""{"type":"page","anonymousId":"a","properties":{"url":"https://x.example/b"}}"""));
        Assert.Equal(first.Key, again.Key);
        Assert.NotEqual(first.Key, other.Key);
    }

    [Theory]
    [InlineData("2026-11-21T12:10:00Z", TimeBasis.Vendor)]
    [InlineData("2026-11-21T12:10:01Z", TimeBasis.Arrival)]
    [InlineData("2026-11-01T00:00:00+01:00", TimeBasis.Vendor)]
    [InlineData("2026-11-01", TimeBasis.Arrival)]
    [InlineData("yesterday", TimeBasis.Arrival)]
    public void Time_that_lies_ahead_of_the_arrival_or_is_none_is_not_believed(string timestamp, TimeBasis basis)
    {
        var fact = Assert.Single(Facts($$"""{"type":"page","anonymousId":"a","messageId":"m","timestamp":"{{timestamp}}"}"""));
        Assert.Equal(basis, fact.Event.TimeBasis);
        if (basis is TimeBasis.Arrival) Assert.Equal(Given.Arrival, fact.Event.OccurredAt);
    }

    [Fact]
    public void Packed_body_tells_the_same()
    {
        const string body = """{"batch":[{"type":"page","anonymousId":"a","messageId":"m"}]}""";
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress)) gzip.Write(Encoding.UTF8.GetBytes(body));
        Assert.Equal(Facts(body).Select(fact => fact.Key), Facts(packed.ToArray()).Select(fact => fact.Key));
    }

    [Theory]
    [InlineData("/v1/p", "PageViewed")]
    [InlineData("/v1/screen", "PageViewed")]
    [InlineData("/v1/i", "ContactObserved")]
    [InlineData("/v1/g/", "ContactObserved")]
    public void Path_tells_the_type_where_the_body_does_not(string path, string kind) =>
        Assert.Equal(kind, Assert.Single(Facts("""{"userId":"u","messageId":"m"}""", path)).Event.GetType().Name);

    [Fact]
    public void Type_of_the_body_comes_before_the_path() =>
        Assert.IsType<ContactObserved>(Assert.Single(Facts("""{"type":"identify","userId":"u","messageId":"m"}""", "/v1/t")).Event);

    [Fact]
    public void Broken_element_of_a_batch_does_not_hold_the_others_up() =>
        Assert.Equal(["messages/m1", "messages/m2"], Facts("""{"batch":[{"type":"page","userId":"u","messageId":"m1"},null,7,{"type":[]},{"type":"page","userId":"u","messageId":"m2","properties":"x","context":[],"timestamp":{}}]}""").Select(fact => fact.Key));

    [Fact]
    public void Event_that_is_not_read_still_tells_who_is_who_and_only_once()
    {
        var first = Assert.Single(Facts("""{"type":"track","event":"Kurs vorgemerkt","userId":"u","anonymousId":"a","messageId":"m1"}"""));
        var second = Assert.Single(Facts("""{"type":"track","event":"Product Viewed","userId":"u","anonymousId":"a","messageId":"m2","context":{"traits":{"plan":"x"}}}"""));
        Assert.Equal(first.Key, second.Key);
        Assert.Equal([Identifier.User("u"), Identifier.Anonymous("a")], second.Event.Person.Identifiers);
        Assert.Empty(second.Event.Person.Custom);
    }

    [Theory]
    [InlineData("""{"type":"track","event":"Kurs vorgemerkt","userId":"u"}""", "track Kurs vorgemerkt", "an event of your own; eventNames can say which standard event it is")]
    [InlineData("""{"type":"page","userId":null,"anonymousId":""}""", "page", "it names neither a visitor nor a user")]
    [InlineData("""{"type":"merge","userId":"u"}""", "merge", "the connector does not know this type of call")]
    [InlineData("""{"type":"track","event":"Order Completed","userId":"u","properties":{"order_id":"7"}}""", "track Order Completed", "the shop is connected too and tells this itself (orders is \"toldElsewhere\")")]
    public void What_is_left_out_has_a_reason(string body, string topic, string reason)
    {
        var settings = VendorFolder.Named("Segment").Settings;
        settings["orders"] = "toldElsewhere";
        Assert.Equal(new Normalization.Ignored(topic, reason), Normalization.Run(VendorFolder.Named("Segment").Source(settings), Delivery(Encoding.UTF8.GetBytes(body))));
    }

    [Theory]
    [InlineData("0e9a4c57-61fb-4d28-b3f9-7c2a58e0d146", IdentifierKind.Anonymous)]
    [InlineData("old-17", IdentifierKind.User)]
    public void Alias_joins_a_visitor_by_a_uuid_and_a_user_by_any_other_id(string previous, IdentifierKind kind)
    {
        var fact = Assert.Single(Facts($$"""{"type":"alias","userId":"u","previousId":"{{previous}}","messageId":"m"}"""));
        Assert.Equal([Identifier.User("u"), new Identifier { Kind = kind, Value = previous }], fact.Event.Person.Identifiers);
    }

    [Fact]
    public void Amount_without_a_currency_is_told_in_the_configured_one_or_not_at_all()
    {
        const string body = """{"type":"track","event":"Order Completed","userId":"u","messageId":"m","properties":{"order_id":7,"revenue":"10.00","shipping":"abc","tax":0.5}}""";
        Assert.Equal(new Money { Amount = 10.5m, Currency = "EUR" }, Facts(body).Select(fact => fact.Event).OfType<OrderPlaced>().Single().Total);
        var settings = VendorFolder.Named("Segment").Settings;
        settings.Remove("currency");
        var events = Assert.IsType<Normalization.Events>(Normalization.Run(VendorFolder.Named("Segment").Source(settings), Delivery(Encoding.UTF8.GetBytes(body))));
        Assert.Null(events.Facts.Select(fact => fact.Event).OfType<OrderPlaced>().Single().Total);
    }

    [Theory]
    [InlineData("""{"News":true,"Offers":true}""", ConsentState.Granted)]
    [InlineData("""{"News":true,"Offers":false}""", ConsentState.Withdrawn)]
    public void Of_two_categories_for_one_channel_the_refused_one_counts(string categories, ConsentState state)
    {
        var settings = VendorFolder.Named("Segment").Settings;
        settings["consentCategories"] = new Newtonsoft.Json.Linq.JObject { ["News"] = "email", ["Offers"] = "email" };
        var body = $$$$"""{"type":"track","event":"Segment Consent Preference Updated","userId":"u","messageId":"m","context":{"consent":{"categoryPreferences":{{{{categories}}}}}}}""";
        var events = Assert.IsType<Normalization.Events>(Normalization.Run(VendorFolder.Named("Segment").Source(settings), Delivery(Encoding.UTF8.GetBytes(body))));
        var consent = Assert.Single(events.Facts.Select(fact => fact.Event).OfType<ConsentChanged>());
        Assert.Equal((ConsentChannel.Email, state, "News, Offers"), (consent.Channel, consent.State, consent.Basis));
    }

    [Fact]
    public void Delivery_is_named_by_its_message_so_that_a_retry_is_recognised()
    {
        Assert.Equal("m", Source.DeliveryId(Given.Post("""{"sentAt":"1","messageId":"m"}""")));
        Assert.Equal("m", Source.DeliveryId(Given.Post("""[{"messageId":"m"}]""")));
        Assert.Null(Source.DeliveryId(Given.Post("""[{"messageId":"m"},{"messageId":"n"}]""")));
        Assert.Null(Source.DeliveryId(Given.Post("""{"batch":[{"messageId":"m"}]}""")));
    }

    private static IReadOnlyList<Fact> Facts(string body, string? path = null) => Facts(Encoding.UTF8.GetBytes(body), path);

    private static IReadOnlyList<Fact> Facts(byte[] body, string? path = null) => Assert.IsType<Normalization.Events>(Normalization.Run(Source, Delivery(body, path))).Facts;

    private static WebhookDelivery Delivery(byte[] body, string? path = null) => new()
    {
        Connection = "site",
        Connector = "segment",
        Body = body,
        ReceivedAt = Given.Arrival,
        Headers = path is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [WebhookDelivery.PathHeader] = path },
    };
}
