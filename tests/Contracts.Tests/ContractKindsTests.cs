namespace IntegrationHub.Contracts.Tests;

public sealed class ContractKindsTests
{
    // The list of the design, section 5.
    private static readonly string[] Designed =
    [
        "ContactObserved", "ContactRemovedAtSource",
        "OrderPlaced", "OrderPaid", "OrderRefunded", "OrderCancelled", "CartAbandoned", "PaymentFailed",
        "SubscriptionStarted", "SubscriptionChanged", "SubscriptionEnded",
        "InvoiceIssued", "InvoicePaid",
        "FormSubmitted",
        "AppointmentBooked", "AppointmentRescheduled", "AppointmentCancelled", "AppointmentNoShow",
        "EventRegistered", "EventAttended", "EventCancelled",
        "EmailSubscribed", "EmailUnsubscribed", "EmailBounced", "EmailComplained", "EmailSent", "EmailOpened", "EmailClicked",
        "PageViewed", "ContentDownloaded", "PromoUsed",
        "ConsentChanged", "ErasureRequested", "ExportRequested",
        "DealChanged", "TaskCreated", "NoteAdded",
    ];

    [Fact]
    public void Kinds_are_those_of_the_design() =>
        Assert.Equal(Designed.Order(StringComparer.Ordinal), ContractKinds.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_concrete_event_is_a_kind_by_the_name_of_its_type()
    {
        var concrete = typeof(ContactEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ContactEvent)) && !type.IsAbstract);
        Assert.Equal(concrete.ToDictionary(type => type.Name, StringComparer.Ordinal), ContractKinds.All.ToDictionary(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_is_a_sealed_public_record_in_the_namespace_of_the_contracts()
    {
        Assert.All(Contracts.All, type =>
        {
            Assert.True(type.IsSealed, $"{type.Name} is not sealed.");
            Assert.True(type.IsPublic, $"{type.Name} is not public.");
            Assert.True(type.GetMethod("<Clone>$") is not null, $"{type.Name} is no record.");
            Assert.Equal("IntegrationHub.Contracts", type.Namespace);
        });
    }

    [Fact]
    public void Kinds_are_looked_up_by_their_exact_name()
    {
        Assert.Equal(typeof(OrderPlaced), ContractKinds.All["OrderPlaced"]);
        Assert.False(ContractKinds.All.ContainsKey("orderPlaced"));
        Assert.False(ContractKinds.All.ContainsKey(nameof(ContactEvent)));
        Assert.False(ContractKinds.All.ContainsKey(nameof(ContactChanged)));
    }
}
