using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class NormalizationTests
{
    [Fact]
    public void What_the_connector_tells_is_passed_on()
    {
        var facts = Normalization.Of("notes/1", Note);
        Assert.Same(facts, Run(_ => facts));
        Assert.Equal("notes/1", Assert.Single(((Normalization.Events)facts).Facts).Key);
        var hint = new Normalization.NeedsHydration(new ObjectReference("customer", "7"));
        Assert.Same(hint, Run(_ => hint));
    }

    [Fact]
    public void What_the_connector_can_not_read_is_invalid_with_path_and_problem() =>
        Assert.Equal(new Normalization.Invalid("$.customer.id", "is missing"), Run(delivery => throw delivery.Json["customer"]["id"].Missing()));

    [Fact]
    public void Body_that_is_not_json_is_invalid() =>
        Assert.Equal(new Normalization.Invalid("$", "is not JSON that can be read: line 1, byte 2"), Run(delivery => Normalization.Of(delivery.Json.RequiredText(), null!), "{"));

    [Fact]
    public void Topic_that_can_not_be_told_is_invalid() =>
        Assert.Equal(new Normalization.Invalid("header X-Absent", "is missing"),
            Normalization.Run(new Source { Topics = [], TopicOf = delivery => delivery.Header("X-Absent") }, Given.Delivery()));

    [Fact]
    public void Any_other_error_is_a_mistake_of_the_connector_and_passes() =>
        Assert.Equal("A mistake.", Assert.Throws<FormatException>(() => Run(_ => throw new FormatException("A mistake."))).Message);

    [Fact]
    public void Unknown_topic_is_ignored_with_its_reason() =>
        Assert.Equal(new Normalization.Ignored("orders/paid", "the connector does not know this topic"), Normalization.Run(new Source { Topics = [] }, Given.Delivery()));

    [Fact]
    public void Batch_tells_the_facts_of_all_its_items_in_their_order()
    {
        var batch = Normalization.Batch([Ignored("a"), Normalization.Of("notes/1", Note), Ignored("b"), Normalization.Of(new Fact("notes/2", Note), new Fact("notes/3", Note))]);
        Assert.Equal(["notes/1", "notes/2", "notes/3"], Assert.IsType<Normalization.Events>(batch).Facts.Select(fact => fact.Key));
    }

    [Fact]
    public void Batch_without_facts_says_what_its_first_item_says()
    {
        Assert.Equal(Ignored("a"), Normalization.Batch([Ignored("a"), Ignored("b")]));
        Assert.Equal([new ObjectReference("customer", "7")], Assert.IsType<Normalization.NeedsHydration>(Normalization.Batch([Ignored("a"), Normalization.Fetch("customer", "7"), Normalization.Fetch("customer", "7")])).References);
    }

    [Fact]
    public void Batch_of_facts_and_hints_tells_the_facts_and_what_is_to_be_fetched()
    {
        var batch = Assert.IsType<Normalization.Events>(Normalization.Batch([Normalization.Fetch("customer", "7"), Normalization.Of("notes/1", Note), Normalization.Fetch("order", "8")]));
        Assert.Equal(["notes/1"], batch.Facts.Select(fact => fact.Key));
        Assert.Equal([new ObjectReference("customer", "7"), new ObjectReference("order", "8")], batch.ToFetch);
    }

    [Fact]
    public void Item_that_can_not_be_read_holds_up_no_other_and_is_named()
    {
        var invalid = new Normalization.Invalid("$[1].id", "is missing");
        var events = Assert.IsType<Normalization.Events>(Normalization.Batch([Normalization.Of("notes/1", Note), invalid, Normalization.Fetch("order", "8"), Ignored("b")]));
        Assert.Equal(["notes/1"], events.Facts.Select(fact => fact.Key));
        Assert.Equal([new ObjectReference("order", "8")], events.ToFetch);
        Assert.Equal([invalid], events.Unread);
        var hints = Assert.IsType<Normalization.NeedsHydration>(Normalization.Batch([invalid, Normalization.Fetch("order", "8")]));
        Assert.Equal([new ObjectReference("order", "8")], hints.References);
        Assert.Equal([invalid], hints.Unread);
    }

    [Fact]
    public void Batch_of_which_nothing_else_counts_is_invalid_as_a_whole()
    {
        var invalid = new Normalization.Invalid("$[1].id", "is missing");
        Assert.Same(invalid, Normalization.Batch([Ignored("a"), invalid]));
        Assert.Same(invalid, Normalization.Batch([invalid, new Normalization.Invalid("$[2].id", "is missing")]));
    }

    [Fact]
    public void Item_whose_reader_throws_holds_up_no_other()
    {
        var batch = Run(delivery => Normalization.Batch(delivery.Json.Items(), item => Normalization.Of($"notes/{item.RequiredId()}", Note)), "[1,null,3,{}]");
        var events = Assert.IsType<Normalization.Events>(batch);
        Assert.Equal(["notes/1", "notes/3"], events.Facts.Select(fact => fact.Key));
        Assert.Equal(["$[1] is missing", "$[3] is not a text"], events.Unread.Select(unread => $"{unread.Path} {unread.Problem}"));
    }

    [Fact]
    public void Empty_batch_is_invalid()
    {
        Assert.Equal("$ is an empty batch", Assert.Throws<PayloadException>(() => Normalization.Batch([])).Message);
        Assert.Equal(new Normalization.Invalid("$", "is an empty batch"), Run(delivery => Normalization.Batch(delivery.Json.Items().Select(_ => Ignored("a"))), "[]"));
    }

    private static Normalization Ignored(string topic) => new Normalization.Ignored(topic, "no");

    private static NoteAdded Note => new()
    {
        Text = "one",
        OccurredAt = DateTimeOffset.UnixEpoch,
        Person = new Person(),
        Source = new SourceReference { ObjectType = "note", ObjectId = "1" },
    };

    private static Normalization Run(Func<WebhookDelivery, Normalization> reader, string body = "{}") =>
        Normalization.Run(new Source { Topics = new TopicTable { { "orders/paid", reader } } }, Given.Delivery(body));

    private sealed class Source : IWebhookSource
    {
        public WebhookAuthentication Authentication => new TokenAuthentication(new Secrets("s"));

        public required TopicTable Topics { get; init; }

        public Func<WebhookDelivery, string> TopicOf { get; init; } = delivery => delivery.Header("X-Topic");

        public string Topic(WebhookDelivery delivery) => TopicOf(delivery);

        public string? DeliveryId(WebhookRequest request) => null;
    }
}
