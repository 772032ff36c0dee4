using IntegrationHub.Contracts;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Tests.Sync.Record;

public sealed class EntityTests
{
    [Fact]
    public void Paid_that_is_told_after_the_refund_does_not_undo_it()
    {
        var order = Order(Refunded(2, "r1", 30).By("shop", 1), Placed(0, 50).By("shop", 2), Paid(1).By("shop", 3));
        Assert.Equal(("partially_refunded", "20 EUR", true), (order.Status, Net(order), order.Counts));
    }

    [Fact]
    public void A_refund_told_by_its_id_and_within_a_total_counts_once()
    {
        var order = Order(Placed(0, 50).By("shop", 1), Refunded(1, "r1", 10).By("shop", 2), RefundedInAll(1, 10).By("shop", 3), Refunded(2, "r2", 15).By("shop", 4), RefundedInAll(2, 25).By("shop", 5));
        Assert.Equal(("25 EUR", 25), (Net(order), order.Refunded?.Amount));
    }

    [Fact]
    public void A_refund_without_an_id_and_a_total_counts_once_for_its_event()
    {
        var refund = new OrderRefunded { OccurredAt = Told.Noon, Person = new Person(), Source = Told.Source, OrderId = "o", Amount = Told.Money(5) };
        Assert.Equal("40 EUR", Net(Order(Placed(0, 50).By("shop", 1), refund.By("shop", 2), refund.By("shop", 2), refund.By("shop", 3))));
    }

    [Fact]
    public void Refunds_above_the_total_make_the_order_cost_something() =>
        Assert.Equal("-10 EUR", Net(Order(Placed(0, 50).By("shop", 1), Paid(0).By("shop", 2), Refunded(1, "r1", 60).By("shop", 3))));

    [Fact]
    public void A_refund_in_another_currency_is_taken_off_that_currency()
    {
        var order = Order(Placed(0, 50).By("shop", 1), Refunded(1, "r1", 60, "USD").By("shop", 2), RefundedInAll(1, 20).By("shop", 3));
        Assert.Equal("30 EUR, -60 USD", Net(order));
        Assert.Equal(("partially_refunded", Told.Money(20)), (order.Status, order.Refunded));
        var abroad = Order(Placed(0, 50).By("shop", 1), Refunded(1, "r1", 60, "USD").By("shop", 2));
        Assert.Equal(("partially_refunded", Told.Money(60, "USD")), (abroad.Status, abroad.Refunded));
    }

    [Fact]
    public void A_cancelled_order_stays_cancelled_when_it_is_seen_again()
    {
        var order = Order(Placed(0, 50).By("shop", 1), Cancelled(1).By("shop", 2), Placed(2, 50).By("shop", 3));
        Assert.Equal(("cancelled", false, ""), (order.Status, order.Counts, Net(order)));
    }

    [Fact]
    public void A_cancelled_order_that_is_paid_later_goes_on()
    {
        var order = Order(Placed(0, 50).By("shop", 1), Cancelled(1).By("shop", 2), Paid(2).By("shop", 3));
        Assert.Equal(("paid", true, "50 EUR"), (order.Status, order.Counts, Net(order)));
    }

    [Fact]
    public void A_paid_order_that_is_cancelled_later_or_at_the_same_time_does_not_count()
    {
        Assert.Equal("cancelled", Order(Placed(0, 50).By("shop", 1), Paid(1).By("shop", 2), Cancelled(2).By("shop", 3)).Status);
        Assert.Equal("cancelled", Order(Placed(0, 50).By("shop", 1), Paid(1).By("shop", 3), Cancelled(1).By("shop", 2)).Status);
    }

    [Fact]
    public void A_cancellation_without_a_time_holds()
    {
        var untimed = Cancelled(0) with { TimeBasis = TimeBasis.Arrival };
        Assert.Equal("cancelled", Order(Placed(0, 50).By("shop", 1), untimed.By("shop", 2), Paid(5).By("shop", 3)).Status);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Of_two_words_on_the_payment_at_the_same_time_the_later_stage_counts(int pending, int paid)
    {
        var order = Order((Placed(0, 50) with { Payment = PaymentStatus.Pending }).By("shop", pending), (Placed(0, 50) with { Payment = PaymentStatus.Paid }).By("shop", paid));
        Assert.Equal(("paid", "50 EUR"), (order.Status, Net(order)));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Of_a_subscription_that_started_and_changed_in_the_same_second_the_change_counts(int started, int changed)
    {
        var subscription = Told.Fold<SubscriptionState>("s",
            new SubscriptionStarted { OccurredAt = Told.Noon, Person = new Person(), Source = Told.Source, SubscriptionId = "s", Status = "incomplete" }.By("pay", started),
            new SubscriptionChanged { OccurredAt = Told.Noon, Person = new Person(), Source = Told.Source, SubscriptionId = "s", Status = "active" }.By("pay", changed));
        Assert.Equal("active", subscription.Status?.Value);
    }

    [Fact]
    public void An_invoice_is_about_what_is_owed_even_when_a_credit_paid_a_part()
    {
        var issued = new InvoiceIssued { OccurredAt = Told.Noon, Person = new Person(), Source = Told.Source, InvoiceId = "i", Total = Told.Money(100) };
        var paid = new InvoicePaid { OccurredAt = Told.Noon.AddDays(1), Person = new Person(), Source = Told.Source, InvoiceId = "i", Amount = Told.Money(80) };
        var both = Told.Fold<InvoiceState>("i", paid.By("pay", 2), issued.By("pay", 1));
        Assert.Equal((Told.Money(100), true), (both.Gross, both.IsPaid));
        Assert.Equal(Told.Money(80), Told.Fold<InvoiceState>("i", paid.By("pay", 2)).Gross);
    }

    [Fact]
    public void An_appointment_that_was_cancelled_and_booked_again_later_is_booked()
    {
        Assert.Equal("booked", Appointment(Booked(2), Off(1), Booked(0)));
        Assert.Equal("cancelled", Appointment(Booked(0), Off(1)));
        Assert.Equal("cancelled", Appointment(Off(1), Booked(1)));
    }

    [Fact]
    public void Who_did_not_appear_and_got_a_new_time_is_expected_again()
    {
        Assert.Equal("no_show", Appointment(Booked(0), NoShow(1, NoShowMark.Set)));
        Assert.Equal("booked", Appointment(Booked(0), NoShow(1, NoShowMark.Set), Booked(2)));
        Assert.Equal("booked", Appointment(Booked(0), NoShow(1, NoShowMark.Withdrawn), NoShow(1, NoShowMark.Set)));
        Assert.Equal("no_show", Appointment(Booked(0), NoShow(0, NoShowMark.Set) with { TimeBasis = TimeBasis.Arrival }, Booked(2)));
    }

    private static OrderState Order(params IEnumerable<ContactEvent> events) => Told.Fold<OrderState>("o", events);

    private static string Net(OrderState order) => string.Join(", ", order.NetValues().Select(net => $"{net.Amount:0.##} {net.Currency}"));

    private static string Appointment(params IEnumerable<AppointmentEvent> events) => Told.Fold<AppointmentState>("a", events.Select((told, index) => told.By("cal", index + 1))).Status;

    private static OrderPlaced Placed(int minute, decimal total) => new() { OccurredAt = Told.Noon.AddMinutes(minute), Person = new Person(), Source = Told.Source, OrderId = "o", Total = Told.Money(total) };

    private static OrderPaid Paid(int minute) => new() { OccurredAt = Told.Noon.AddMinutes(minute), Person = new Person(), Source = Told.Source, OrderId = "o" };

    private static OrderCancelled Cancelled(int minute) => new() { OccurredAt = Told.Noon.AddMinutes(minute), Person = new Person(), Source = Told.Source, OrderId = "o" };

    private static OrderRefunded Refunded(int minute, string id, decimal amount, string currency = "EUR") =>
        new() { OccurredAt = Told.Noon.AddMinutes(minute), Person = new Person(), Source = Told.Source, OrderId = "o", RefundId = id, Amount = Told.Money(amount, currency) };

    private static OrderRefunded RefundedInAll(int minute, decimal amount) =>
        new() { OccurredAt = Told.Noon.AddMinutes(minute), Person = new Person(), Source = Told.Source, OrderId = "o", TotalRefunded = Told.Money(amount) };

    private static AppointmentBooked Booked(int minute) => new() { OccurredAt = Told.Noon.AddMinutes(minute), Person = new Person(), Source = Told.Source, AppointmentId = "a" };

    private static AppointmentCancelled Off(int minute) => new() { OccurredAt = Told.Noon.AddMinutes(minute), Person = new Person(), Source = Told.Source, AppointmentId = "a" };

    private static AppointmentNoShow NoShow(int minute, NoShowMark mark) => new() { OccurredAt = Told.Noon.AddMinutes(minute), Person = new Person(), Source = Told.Source, AppointmentId = "a", Mark = mark };
}
