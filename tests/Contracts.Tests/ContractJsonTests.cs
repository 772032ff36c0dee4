using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IntegrationHub.Contracts.Tests;

public sealed partial class ContractJsonTests
{
    private const string Paid = """
        {"orderId":"1","eventId":"2ed6657d-e927-568b-95e1-2665a8aea6a2","connection":"shop","connector":"shopify","occurredAt":"2026-11-21T12:00:00Z",
         "timeBasis":"vendor","receivedAt":"2026-11-21T12:00:01Z","person":{},"source":{"objectType":"order","objectId":"1"}}
        """;

    [Theory, MemberData(nameof(Contracts.Kinds), MemberType = typeof(Contracts))]
    public void Every_kind_round_trips_byte_for_byte_with_all_members(string kind)
    {
        var original = (ContactEvent)Filled.Of(ContractKinds.All[kind]);
        var written = ContractJson.Serialize(original);
        var read = ContractJson.Deserialize(kind, written);
        Assert.IsType(ContractKinds.All[kind], read);
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(ContractJson.Serialize(read)));
        Assert.Equivalent(original, read, strict: true);
    }

    [Theory, MemberData(nameof(Contracts.HubMessageNames), MemberType = typeof(Contracts))]
    public void Every_hub_message_round_trips_byte_for_byte_with_all_members(string name)
    {
        var type = Contracts.HubMessages.Single(message => message.Name == name);
        var original = Filled.Of(type);
        var written = JsonSerializer.SerializeToUtf8Bytes(original, type, ContractJson.Default);
        var read = JsonSerializer.Deserialize(written, type, ContractJson.Default)!;
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(read, type, ContractJson.Default)));
        Assert.Equivalent(original, read, strict: true);
    }

    [Fact]
    public void Every_contract_is_generated() =>
        Assert.Equal([], Contracts.All.Where(type => ContractJson.Default.GetTypeInfo(type) is null).Select(type => type.Name));

    [Theory, MemberData(nameof(Contracts.Kinds), MemberType = typeof(Contracts))]
    public void Times_are_written_in_utc_with_Z(string kind)
    {
        var json = Encoding.UTF8.GetString(ContractJson.Serialize((ContactEvent)Filled.Of(ContractKinds.All[kind])));
        var times = TimeText().Matches(json).Select(match => match.Value).ToList();
        Assert.True(times.Count >= 2, "An event has two times or more.");
        Assert.All(times, time => Assert.Matches(@"^""2026-11-21T10:0\d:\d\d\.\d+Z""$", time));
    }

    [Theory]
    [InlineData("2026-11-21T12:00:00+02:00", "2026-11-21T10:00:00Z")]
    [InlineData("2026-11-21T12:00:00-11:30", "2026-11-21T23:30:00Z")]
    [InlineData("2026-11-21T12:00:00.500Z", "2026-11-21T12:00:00.5Z")]
    [InlineData("2026-11-21T12:00:00.1234567Z", "2026-11-21T12:00:00.1234567Z")]
    [InlineData("2026-11-21T12:00:00.0000000Z", "2026-11-21T12:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    public void Time_is_read_with_any_zone_and_written_with_Z(string given, string written)
    {
        var read = ContractJson.Deserialize("OrderPaid", Json(paid => paid["occurredAt"] = given));
        Assert.Equal(TimeSpan.Zero, read.OccurredAt.Offset);
        Assert.Equal(written, (string?)JsonNode.Parse(ContractJson.Serialize(read))!["occurredAt"]);
    }

    [Theory, MemberData(nameof(Contracts.Kinds), MemberType = typeof(Contracts))]
    public void Members_of_a_later_version_are_passed_over(string kind)
    {
        var written = ContractJson.Serialize((ContactEvent)Filled.Of(ContractKinds.All[kind]));
        var later = JsonNode.Parse(written)!.AsObject();
        later.Insert(0, "addedLater", new JsonObject { ["deep"] = new JsonArray(1, "x", null) });
        later["person"]!["addedLater"] = "x";
        later["source"]!["addedLater"] = 7;
        var read = ContractJson.Deserialize(kind, Encoding.UTF8.GetBytes(later.ToJsonString()));
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(ContractJson.Serialize(read)));
    }

    [Theory, MemberData(nameof(Contracts.Kinds), MemberType = typeof(Contracts))]
    public void Absent_members_stay_unknown_and_are_not_written(string kind)
    {
        var shape = Shape.Of(ContractJson.Default.Options, [ContractKinds.All[kind]]);
        var bare = JsonNode.Parse(ContractJson.Serialize((ContactEvent)Filled.Of(ContractKinds.All[kind])))!.AsObject();
        var optional = shape.Lines.Where(line => line.StartsWith(kind + ".", StringComparison.Ordinal) && line.EndsWith(" or null", StringComparison.Ordinal))
            .Select(line => line[(kind.Length + 1)..line.IndexOf(':', StringComparison.Ordinal)]).ToList();
        Assert.Contains("attribution", optional);
        foreach (var member in optional) Assert.True(bare.Remove(member));
        var written = Encoding.UTF8.GetString(ContractJson.Serialize(ContractJson.Deserialize(kind, Encoding.UTF8.GetBytes(bare.ToJsonString()))));
        Assert.Equal(bare.Select(member => member.Key), JsonNode.Parse(written)!.AsObject().Select(member => member.Key));
        foreach (var member in optional) bare[member] = null;
        Assert.Equal(written, Encoding.UTF8.GetString(ContractJson.Serialize(ContractJson.Deserialize(kind, Encoding.UTF8.GetBytes(bare.ToJsonString())))));
    }

    [Fact]
    public void Event_is_written_as_documented()
    {
        var written = ContractJson.Serialize(new OrderPaid
        {
            EventId = new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"),
            Connection = "shop_eu",
            Connector = "shopify",
            OccurredAt = new DateTimeOffset(2026, 11, 21, 12, 0, 0, 250, TimeSpan.FromHours(1)),
            TimeBasis = TimeBasis.Arrival,
            ReceivedAt = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
            Person = new Person { Identifiers = [Identifier.Email("zoë@example.com")], FirstName = "Zoë", BirthDate = new DateOnly(1990, 2, 3) },
            Source = new SourceReference { ObjectType = "order", ObjectId = "450789469" },
            OrderId = "450789469",
            Amount = new Money { Amount = 12.30m, Currency = "EUR" },
        });
        const string documented = """
            {"orderId":"450789469","amount":{"amount":12.30,"currency":"EUR"},
            "eventId":"2ed6657d-e927-568b-95e1-2665a8aea6a2","connection":"shop_eu","connector":"shopify",
            "occurredAt":"2026-11-21T11:00:00.25Z","timeBasis":"arrival","receivedAt":"2026-11-21T12:00:00Z",
            "person":{"identifiers":[{"kind":"email","value":"zoë@example.com"}],"firstName":"Zoë","birthDate":"1990-02-03","tags":[],"removedTags":[],"custom":{}},
            "source":{"objectType":"order","objectId":"450789469"}}
            """;
        Assert.Equal(documented.ReplaceLineEndings(""), Encoding.UTF8.GetString(written));
    }

    [Theory]
    [InlineData("Nope")]
    [InlineData("orderPaid")]
    [InlineData("ContactEvent")]
    [InlineData("ContactChanged")]
    [InlineData("")]
    public void Unknown_kind_is_an_error(string kind) =>
        Assert.Equal($"'{kind}' is no contract event.", Assert.Throws<JsonException>(() => ContractJson.Deserialize(kind, "{}"u8)).Message);

    [Fact]
    public void Null_is_no_event() =>
        Assert.Equal("A OrderPaid was expected, null was found.", Assert.Throws<JsonException>(() => ContractJson.Deserialize("OrderPaid", "null"u8)).Message);

    [Fact]
    public void Null_is_not_written() =>
        Assert.Throws<ArgumentNullException>("contactEvent", () => ContractJson.Serialize(null!));

    [Fact]
    public void Missing_required_members_are_named() =>
        Assert.Equal("JSON deserialization for type 'IntegrationHub.Contracts.OrderPaid' was missing required properties including: 'orderId', 'occurredAt', 'person', 'source'.",
            Assert.Throws<JsonException>(() => ContractJson.Deserialize("OrderPaid", "{}"u8)).Message);

    [Theory]
    [InlineData("orderId", "$.orderId")]
    [InlineData("person", "$.person")]
    [InlineData("source", "$.source")]
    [InlineData("connection", "$.connection")]
    public void Null_where_a_value_is_promised_is_an_error(string member, string path) =>
        Assert.Equal(path, Assert.Throws<JsonException>(() => ContractJson.Deserialize("OrderPaid", Json(paid => paid[member] = null))).Path);

    [Theory]
    [InlineData("orderId", "7", "$.orderId")]
    [InlineData("occurredAt", "\"yesterday\"", "$.occurredAt")]
    [InlineData("occurredAt", "1795262400", "$.occurredAt")]
    [InlineData("timeBasis", "\"guess\"", "$.timeBasis")]
    [InlineData("timeBasis", "1", "$.timeBasis")]
    [InlineData("eventId", "\"7\"", "$.eventId")]
    [InlineData("person", "[]", "$.person")]
    [InlineData("amount", "{\"amount\":\"12.30\",\"currency\":\"EUR\"}", "$.amount.amount")]
    [InlineData("amount", "{\"amount\":1e40,\"currency\":\"EUR\"}", "$.amount.amount")]
    public void Value_of_the_wrong_type_is_an_error_with_its_path(string member, string value, string path) =>
        Assert.Equal(path, Assert.Throws<JsonException>(() => ContractJson.Deserialize("OrderPaid", Json(paid => paid[member] = JsonNode.Parse(value)))).Path);

    [Fact]
    public void Names_of_members_are_exact()
    {
        var error = Assert.Throws<JsonException>(() => ContractJson.Deserialize("OrderPaid", Encoding.UTF8.GetBytes(Paid.Replace("orderId", "OrderId", StringComparison.Ordinal))));
        Assert.Equal("JSON deserialization for type 'IntegrationHub.Contracts.OrderPaid' was missing required properties including: 'orderId'.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("[]")]
    [InlineData("\"OrderPaid\"")]
    [InlineData("{\"orderId\":\"\\ud800\"}")]
    public void Broken_json_is_an_error(string json) =>
        Assert.Throws<JsonException>(() => ContractJson.Deserialize("OrderPaid", Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Enums_are_written_by_name_and_read_back()
    {
        var enums = typeof(ContactEvent).Assembly.GetTypes().Where(type => type.IsEnum).ToList();
        Assert.NotEmpty(enums);
        foreach (var type in enums)
        {
            var info = ContractJson.Default.GetTypeInfo(type)!;
            foreach (var value in Enum.GetValues(type))
            {
                var name = value.ToString()!;
                var written = JsonSerializer.Serialize(value, info);
                Assert.Equal($"\"{char.ToLowerInvariant(name[0])}{name[1..]}\"", written);
                Assert.Equal(value, JsonSerializer.Deserialize(written, info));
            }
        }
    }

    [Fact]
    public void Value_that_the_enum_does_not_name_is_not_written() =>
        Assert.Throws<JsonException>(() => ContractJson.Serialize((OrderPaid)Filled.Of(typeof(OrderPaid)) with { TimeBasis = (TimeBasis)7 }));

    private static byte[] Json(Action<JsonObject> change)
    {
        var paid = JsonNode.Parse(Paid)!.AsObject();
        change(paid);
        return Encoding.UTF8.GetBytes(paid.ToJsonString());
    }

    [GeneratedRegex("""
        "\d{4}-\d\d-\d\dT[^"]*"
        """)]
    private static partial Regex TimeText();
}
