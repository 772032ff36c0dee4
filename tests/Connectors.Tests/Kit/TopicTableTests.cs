namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class TopicTableTests
{
    private static readonly Normalization Read = new Normalization.NeedsHydration(new ObjectReference("order", "1"));

    private static TopicTable Table => new() { { "orders/paid", _ => Read }, { "carts/update", "a cart names nobody" }, { "app/uninstalled", "nothing more comes" } };

    [Fact]
    public void Topic_is_read_by_its_reader() => Assert.Same(Read, Table.Normalize("orders/paid", Given.Delivery()));

    [Fact]
    public void Reader_gets_the_delivery()
    {
        var delivery = Given.Delivery();
        WebhookDelivery? given = null;
        new TopicTable { { "orders/paid", received => { given = received; return Read; } } }.Normalize("orders/paid", delivery);
        Assert.Same(delivery, given);
    }

    [Theory]
    [InlineData("carts/update", "a cart names nobody")]
    [InlineData("orders/created", "the connector does not know this topic")]
    [InlineData("Orders/Paid", "the connector does not know this topic")]
    [InlineData("", "the connector does not know this topic")]
    public void Topic_without_reader_is_ignored_with_its_reason(string topic, string reason) =>
        Assert.Equal(new Normalization.Ignored(topic, reason), Table.Normalize(topic, Given.Delivery()));

    [Fact]
    public void Topics_are_listed_by_name_and_by_what_becomes_of_them()
    {
        Assert.Equal(["app/uninstalled", "carts/update", "orders/paid"], Table);
        Assert.Equal(["orders/paid"], Table.Understood);
        Assert.Equal([new("carts/update", "a cart names nobody"), new("app/uninstalled", "nothing more comes")], Table.Ignored);
    }

    [Fact]
    public void Topic_that_is_listed_twice_is_an_error_whatever_becomes_of_it()
    {
        Assert.Equal("'orders/paid' is in the table already. (Parameter 'topic')", Assert.Throws<ArgumentException>(() => Table.Add("orders/paid", _ => Read)).Message);
        Assert.Equal("'orders/paid' is in the table already. (Parameter 'topic')", Assert.Throws<ArgumentException>(() => Table.Add("orders/paid", "no")).Message);
        Assert.Equal("'carts/update' is in the table already. (Parameter 'topic')", Assert.Throws<ArgumentException>(() => Table.Add("carts/update", _ => Read)).Message);
        Assert.Equal("'carts/update' is in the table already. (Parameter 'topic')", Assert.Throws<ArgumentException>(() => Table.Add("carts/update", "no")).Message);
    }
}
