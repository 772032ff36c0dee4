using System.Reflection;

namespace IntegrationHub.Contracts.Tests;

public sealed class ContactEventTests
{
    [Theory, MemberData(nameof(Contracts.Kinds), MemberType = typeof(Contracts))]
    public void Reading_what_is_not_stamped_yet_is_an_error_that_names_it(string kind)
    {
        var unstamped = (ContactEvent)Activator.CreateInstance(ContractKinds.All[kind])!;
        foreach (var member in new[] { "EventId", "Connection", "Connector" })
        {
            var property = typeof(ContactEvent).GetProperty(member)!;
            var wrapped = Assert.Throws<TargetInvocationException>(() => property.GetValue(unstamped));
            Assert.Equal($"{kind}.{member} was read before the connector kit stamped it.", Assert.IsType<InvalidOperationException>(wrapped.InnerException).Message);
        }
    }

    [Fact]
    public void Event_that_is_not_stamped_is_not_written()
    {
        var unstamped = new NoteAdded { Text = "t", OccurredAt = default, Person = new Person(), Source = new SourceReference { ObjectType = "note", ObjectId = "1" } };
        Assert.Equal("NoteAdded.EventId was read before the connector kit stamped it.",
            Assert.Throws<InvalidOperationException>(() => ContractJson.Serialize(unstamped)).Message);
        var named = unstamped with { EventId = new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), Connection = "shop" };
        Assert.Equal("NoteAdded.Connector was read before the connector kit stamped it.",
            Assert.Throws<InvalidOperationException>(() => ContractJson.Serialize(named)).Message);
        Assert.NotEmpty(ContractJson.Serialize(named with { Connector = "shopify" }));
    }

    [Fact]
    public void Copy_keeps_what_was_stamped()
    {
        var stamped = (OrderPaid)Filled.Of(typeof(OrderPaid));
        var copy = stamped with { ReceivedAt = stamped.ReceivedAt.AddHours(1) };
        Assert.Equal((stamped.EventId, stamped.Connection, stamped.Connector), (copy.EventId, copy.Connection, copy.Connector));
    }
}
