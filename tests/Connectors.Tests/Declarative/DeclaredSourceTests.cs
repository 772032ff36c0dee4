using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Tests.Declarative;

public sealed class DeclaredSourceTests
{
    [Theory]
    [InlineData("""{"a": {"b": 1}}""", "\"$.a\"", "$.a is not a text")]
    [InlineData("""{"a": [1, 2]}""", """{"from": "$.a", "steps": [{"date": "iso"}]}""", "$.a[0] is not a time written iso")]
    [InlineData("""{"a": "2026-13-01"}""", """{"from": "$.a", "steps": [{"calendarDate": "yyyy-MM-dd"}]}""", "$.a is not a date written yyyy-MM-dd")]
    [InlineData("""{"a": "x"}""", """{"from": "$.a", "steps": ["epochSeconds"]}""", "$.a is not a decimal number, or is too large for one")]
    [InlineData("""{"a": 99999999999999999}""", """{"from": "$.a", "steps": ["epochSeconds"]}""", "$.a is not a time between 1970 and 2200")]
    [InlineData("{}", """{"from": "$.a", "steps": ["lower", "required"]}""", "$.a is missing")]
    [InlineData("""{"a": " "}""", "\"$.a\"", null)]
    [InlineData("""{"a": ["", "x", null]}""", "\"$.a\"", "x")]
    [InlineData("""{"a": 12.30}""", "\"$.a\"", "12.30")]
    [InlineData("""{"a": true}""", "\"$.a\"", "true")]
    [InlineData("""{"a": "x"}""", "\"$.a.b[2].c\"", null)]
    [InlineData("[1]", "\"$.a\"", null)]
    [InlineData("""{"a": 1795251600.25}""", """{"from": "$.a", "steps": ["epochSeconds"]}""", "2026-11-21T09:00:00.25Z")]
    [InlineData("""{"a": "2026-11-18T09:00:00Z"}""", """{"from": "$.a", "steps": [{"withinHoursOfArrival": 24}]}""", null)]
    [InlineData("""{"a": "1.234.567,8 €"}""", """{"from": "$.a", "steps": [{"trim": " €"}, {"decimal": ","}]}""", "1234567.8")]
    public void Path_and_steps_give_a_text_or_an_error_with_the_place(string body, string expression, string? outcome) => Assert.Equal(outcome, Declared.Give(expression, body));

    [Fact]
    public void Member_that_takes_one_text_refuses_several()
    {
        var source = Declared.Source(Simple.Replace("\"objectId\": \"$.id\"", "\"objectId\": \"$.ids\"", StringComparison.Ordinal));
        Assert.Equal(new Normalization.Invalid("$.ids[0]", "is one of 2 values where one is expected; the declaration has to take or to join them"), Normalization.Run(source, Declared.Delivery("""{"type": "lead", "id": 1, "ids": ["a", "b"]}""")));
    }

    [Fact]
    public void Required_member_that_is_unknown_names_its_place() =>
        Assert.Equal(new Normalization.Invalid("$.id", "is missing"), Normalization.Run(Declared.Source(Simple), Declared.Delivery("""{"type": "lead"}""")));

    [Fact]
    public void Topic_that_is_missing_is_invalid_and_one_that_is_not_listed_is_ignored()
    {
        var source = Declared.Source(Simple);
        Assert.Equal(new Normalization.Invalid("$.type", "is missing"), Normalization.Run(source, Declared.Delivery("{}")));
        Assert.Equal(new Normalization.Ignored("page", "the connector does not know this topic"), Normalization.Run(source, Declared.Delivery("""{"type": "page"}""")));
        Assert.Equal(new Normalization.Ignored("stock", "about goods"), Normalization.Run(source, Declared.Delivery("""{"type": "stock"}""")));
    }

    [Fact]
    public void Time_that_is_unknown_is_the_arrival()
    {
        var fact = Assert.IsType<Normalization.Events>(Normalization.Run(Declared.Source(Simple), Declared.Delivery("""{"type": "lead", "id": 7}"""))).Facts.Single();
        Assert.Equal(("leads/7", Declared.Arrival, TimeBasis.Arrival), (fact.Key, fact.Event.OccurredAt, fact.Event.TimeBasis));
    }

    [Fact]
    public void Batch_is_read_item_by_item_and_its_errors_name_the_item()
    {
        var source = Declared.Source(Simple.Replace("\"body\": \"json\"", "\"batch\": \"$.all\"", StringComparison.Ordinal));
        var events = Assert.IsType<Normalization.Events>(Normalization.Run(source, Declared.Delivery("""{"all": [{"type": "lead", "id": 1}, {"type": "stock"}, {"type": "lead", "id": 2}]}""")));
        Assert.Equal(["leads/1", "leads/2"], events.Facts.Select(fact => fact.Key));
        Assert.Equal(new Normalization.Invalid("$.all[1].id", "is missing"), Normalization.Run(source, Declared.Delivery("""{"all": [{"type": "lead", "id": 1}, {"type": "lead"}]}""")));
        Assert.Equal(new Normalization.Invalid("$.all", "is an empty batch"), Normalization.Run(source, Declared.Delivery("""{"all": []}""")));
    }

    [Fact]
    public void Form_is_read_by_its_keys_and_fields_can_hold_json()
    {
        const string further = "\"body\": [\"json\", \"form\"], \"jsonFields\": \"data.json\",";
        var source = Declared.Source(Declared.Showing("""{"plain": "$['contact[name]']", "inner": "$['data.json'].a[1]"}""", further));
        var told = Assert.IsType<Normalization.Events>(Normalization.Run(source, Declared.Delivery("contact%5Bname%5D=Zo%C3%AB+%C3%85&data.json=%7B%22a%22%3A%5B1%2C2%5D%7D", "application/x-www-form-urlencoded; charset=utf-8")));
        Assert.Equal(("Zoë Å", "2"), (told.Facts[0].Event.Person.Custom["plain"], told.Facts[0].Event.Person.Custom["inner"]));
        Assert.Equal(new Normalization.Invalid("$.data.json", "is not JSON that can be read: line 1, byte 2"), Normalization.Run(source, Declared.Delivery("data.json=%7B", "application/x-www-form-urlencoded")));
    }

    [Fact]
    public void Only_headers_that_events_read_are_kept()
    {
        var source = Declared.Source(Declared.Showing("""{"shop": {"header": "X-Shop"}}""", "\"deliveryId\": {\"header\": \"X-Delivery\"},"));
        Assert.Equal(["X-Shop"], source.KeptHeaders);
        var request = new WebhookRequest { Method = "POST", Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-Delivery"] = "d-1" }, Body = "{}"u8.ToArray(), ReceivedAt = Declared.Arrival };
        Assert.Equal("d-1", source.DeliveryId(request));
        Assert.Null(source.DeliveryId(request with { Body = "{"u8.ToArray() }));
    }

    [Fact]
    public void Settings_have_defaults_and_rules()
    {
        const string further = """ "settings": {"currency": {"type": "text", "description": "Currency.", "pattern": "^[A-Z]{3}$", "default": "EUR"}, "shops": {"type": "map", "description": "Shops."}},""";
        Assert.Equal("EUR", Declared.Give("""{"setting": "currency"}""", "{}", further));
        Assert.Equal("SEK", Declared.Give("""{"setting": "currency"}""", "{}", further, """{"webhookSecret": "s", "currency": "SEK"}"""));
        Assert.Equal("Kiruna", Declared.Give("""{"from": "$.shop", "steps": [{"map": {"setting": "shops"}}]}""", """{"shop": 7}""", further, """{"webhookSecret": "s", "shops": {"7": "Kiruna"}}"""));
        var connector = ConnectorCatalog.BuiltIn.With([Declared.Read(Declared.Showing("{}", further))]).Find("acme")!;
        Assert.Null(connector.Bind(Declared.Document("""{"webhookSecret": "s", "currency": "euro", "shop": {}}"""), out var errors));
        Assert.Equal(["shop: is not a setting here; did you mean \"shops\"?", "currency: does not match ^[A-Z]{3}$"], errors.Select(error => $"{error.Path}: {error.Problem}"));
    }

    [Fact]
    public void Proof_is_chosen_by_the_connection_and_there_is_always_one()
    {
        var text = Simple.Replace("""{"hmac": {"header": "X-Acme"}}""", """{"oneOf": {"signature": {"hmac": {"header": "X-Acme"}}, "token": {"token": {"header": "X-Token"}}}}""", StringComparison.Ordinal);
        var declaration = Declared.Read(text);
        Assert.IsType<HmacAuthentication>(Declared.Source(declaration, """{"webhookSecret": "s"}""").Authentication);
        Assert.IsType<TokenAuthentication>(Declared.Source(declaration, """{"webhookSecret": "s", "proof": "token"}""").Authentication);
        Assert.Null(ConnectorCatalog.BuiltIn.With([declaration]).Find("acme")!.Bind(Declared.Document("""{"webhookSecret": "s", "proof": "none"}"""), out var errors));
        Assert.Equal("is not one of signature, token", errors.Single().Problem);
    }

    private const string Simple = """
        {
          "name": "Acme", "category": "forms", "verify": {"hmac": {"header": "X-Acme"}}, "body": "json", "topic": "$.type",
          "topics": {
            "lead": {"event": "ContactObserved", "key": "leads/{$.id}", "source": {"objectType": "lead", "objectId": "$.id"}, "person": {"identifiers": {"customer": "$.id"}}, "occurredAt": "$.at"},
            "stock": "about goods"
          }
        }
        """;
}
