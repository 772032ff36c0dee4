using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class WebhookDeliveryTests
{
    [Fact]
    public void Fact_is_stamped_with_id_connection_connector_and_arrival()
    {
        var stamped = Assert.IsType<NoteAdded>(Assert.Single(Given.Delivery().Stamp([new Fact("notes/1", Note("one"))])));
        Assert.Equal(EventIds.Of("shop_eu", "notes/1"), stamped.EventId);
        Assert.Equal(("shop_eu", "shopify", Given.Arrival), (stamped.Connection, stamped.Connector, stamped.ReceivedAt));
        Assert.Equal(("one", DateTimeOffset.UnixEpoch), (stamped.Text, stamped.OccurredAt));
    }

    [Fact]
    public void Stamping_changes_nothing_of_the_fact_itself()
    {
        var fact = new Fact("notes/1", Note("one"));
        Given.Delivery().Stamp([fact]);
        Assert.Equal("NoteAdded.EventId was read before the connector kit stamped it.", Assert.Throws<InvalidOperationException>(() => fact.Event.EventId).Message);
    }

    [Fact]
    public void Key_given_twice_becomes_one_event_the_first()
    {
        var stamped = Given.Delivery().Stamp([new Fact("notes/1", Note("first")), new Fact("notes/2", Note("other")), new Fact("notes/1", Note("second"))]);
        Assert.Equal(["first", "other"], stamped.Cast<NoteAdded>().Select(note => note.Text));
    }

    [Fact]
    public void Same_fact_of_two_deliveries_and_arrivals_has_one_id()
    {
        var later = new WebhookDelivery { Connection = "shop_eu", Connector = "shopify", Headers = Given.Delivery().Headers, Body = "x"u8.ToArray(), ReceivedAt = Given.Arrival.AddDays(1) };
        Assert.Equal(Given.Delivery().Stamp([new Fact("notes/1", Note("one"))])[0].EventId, later.Stamp([new Fact("notes/1", Note("one"))])[0].EventId);
    }

    [Fact]
    public void Item_of_a_batch_is_read_as_a_delivery_of_its_own_and_errors_name_its_place()
    {
        var batch = Given.Delivery("""[{"id":1},{"id":2,"at":"never"}]""");
        var item = batch.Of(batch.Json.Items().Last());
        Assert.Equal(("2", "shop_eu", "shopify", Given.Arrival, "orders/paid"), (item.Json["id"].RequiredId(), item.Connection, item.Connector, item.ReceivedAt, item.Header("X-Topic")));
        Assert.Equal(("$[1].at", "$[1].id"), (Assert.Throws<PayloadException>(() => item.Json["at"].RequiredTime()).Path, item.Json["id"].Path));
        Assert.Equal(EventIds.Of("shop_eu", "notes/2"), item.Stamp([new Fact("notes/2", Note("two"))])[0].EventId);
    }

    [Fact]
    public void No_facts_become_no_events() => Assert.Empty(Given.Delivery().Stamp([]));

    [Fact]
    public void Header_that_is_absent_or_empty_is_an_error()
    {
        Assert.Equal("orders/paid", Given.Delivery().Header("x-topic"));
        Assert.Equal("header X-Absent is missing", Assert.Throws<PayloadException>(() => Given.Delivery().Header("X-Absent")).Message);
        Assert.Equal("header X-Empty is missing", Assert.Throws<PayloadException>(() => Given.Delivery().Header("X-Empty")).Message);
    }

    [Fact]
    public void Body_is_read_once_as_json_or_as_a_form()
    {
        var json = Given.Delivery("""{"a":1}""");
        Assert.Same(json.Json, json.Json);
        Assert.Equal(1, json.Json["a"].Integer());
        Assert.Equal("form is not key=value pairs joined by &", Assert.Throws<PayloadException>(() => json.Form).Message);
        var form = Given.Delivery("a=1");
        Assert.Same(form.Form, form.Form);
        Assert.Equal(1, form.Form.Integer("a"));
        Assert.Equal("$ is not JSON that can be read: line 1, byte 1", Assert.Throws<PayloadException>(() => form.Json).Message);
    }

    private static NoteAdded Note(string text) => new()
    {
        Text = text,
        OccurredAt = DateTimeOffset.UnixEpoch,
        Person = new Person(),
        Source = new SourceReference { ObjectType = "note", ObjectId = "1" },
    };
}
