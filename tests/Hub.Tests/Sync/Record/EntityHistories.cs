using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Tests.Sync.Record;

/// <summary>Invented events of one entity: at few times, so that many coincide, some without a vendor's time, some money in another currency.</summary>
internal static class EntityHistories
{
    public const string Id = "x";

    private static readonly Person Nobody = new();

    /// <summary>Kinds of entities: a way to make one random event of each.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Random, ContactEvent>> Kinds = new Dictionary<string, Func<Random, ContactEvent>>(StringComparer.Ordinal)
    {
        ["order"] = Order,
        ["subscription"] = Subscription,
        ["invoice"] = Invoice,
        ["appointment"] = Appointment,
        ["registration"] = Registration,
        ["deal"] = random => new DealChanged
        {
            OccurredAt = default, Person = Nobody, Source = Told.Source, DealId = Id,
            Stage = Word(random), Value = Sum(random), Status = Maybe(random, (DealStatus)random.Next(3)),
        },
        ["cart"] = random => new CartAbandoned { OccurredAt = default, Person = Nobody, Source = Told.Source, CartId = Id, Total = Sum(random), RecoveryUrl = Word(random) },
    };

    public static ContactEvent[] Create(Random random, string kind, int count) => [.. Enumerable.Range(1, count).Select(number => Timed(random, Kinds[kind](random)).By("shop", number))];

    private static ContactEvent Timed(Random random, ContactEvent contactEvent) => contactEvent with
    {
        OccurredAt = Told.Noon.AddMinutes(random.Next(3)),
        TimeBasis = random.Next(4) == 0 ? TimeBasis.Arrival : TimeBasis.Vendor,
    };

    private static ContactEvent Order(Random random) => random.Next(4) switch
    {
        0 => new OrderPlaced { OccurredAt = default, Person = Nobody, Source = Told.Source, OrderId = Id, Total = Sum(random), Number = Word(random), Payment = Maybe(random, (PaymentStatus)random.Next(3)) },
        1 => new OrderPaid { OccurredAt = default, Person = Nobody, Source = Told.Source, OrderId = Id, Amount = Sum(random) },
        2 => new OrderCancelled { OccurredAt = default, Person = Nobody, Source = Told.Source, OrderId = Id },
        _ => new OrderRefunded
        {
            OccurredAt = default, Person = Nobody, Source = Told.Source, OrderId = Id,
            RefundId = random.Next(2) == 0 ? "r" + random.Next(2) : null, Amount = Sum(random), TotalRefunded = random.Next(2) == 0 ? Sum(random) : null,
        },
    };

    private static ContactEvent Subscription(Random random) => random.Next(3) switch
    {
        0 => new SubscriptionStarted { OccurredAt = default, Person = Nobody, Source = Told.Source, SubscriptionId = Id, Plan = Word(random), Status = "trialing" },
        1 => new SubscriptionChanged { OccurredAt = default, Person = Nobody, Source = Told.Source, SubscriptionId = Id, Plan = Word(random), Status = "active", Price = Sum(random) },
        _ => new SubscriptionEnded { OccurredAt = default, Person = Nobody, Source = Told.Source, SubscriptionId = Id, Status = "canceled" },
    };

    private static ContactEvent Invoice(Random random) => random.Next(2) == 0
        ? new InvoiceIssued { OccurredAt = default, Person = Nobody, Source = Told.Source, InvoiceId = Id, Total = Sum(random), Number = Word(random) }
        : new InvoicePaid { OccurredAt = default, Person = Nobody, Source = Told.Source, InvoiceId = Id, Amount = Sum(random) };

    private static ContactEvent Appointment(Random random) => random.Next(5) switch
    {
        0 => new AppointmentBooked { OccurredAt = default, Person = Nobody, Source = Told.Source, AppointmentId = Id, Title = Word(random) },
        1 => new AppointmentRescheduled { OccurredAt = default, Person = Nobody, Source = Told.Source, AppointmentId = Id, StartsAt = Told.Noon.AddDays(random.Next(3)) },
        2 => new AppointmentRescheduled { OccurredAt = default, Person = Nobody, Source = Told.Source, AppointmentId = "y", PreviousAppointmentId = Id },
        3 => new AppointmentNoShow { OccurredAt = default, Person = Nobody, Source = Told.Source, AppointmentId = Id, Mark = (NoShowMark)random.Next(2) },
        _ => new AppointmentCancelled { OccurredAt = default, Person = Nobody, Source = Told.Source, AppointmentId = Id, Title = Word(random) },
    };

    private static ContactEvent Registration(Random random) => random.Next(3) switch
    {
        0 => new EventRegistered { OccurredAt = default, Person = Nobody, Source = Told.Source, RegistrationId = Id, Title = Word(random) },
        1 => new EventAttended { OccurredAt = default, Person = Nobody, Source = Told.Source, RegistrationId = Id, TicketType = Word(random) },
        _ => new EventCancelled { OccurredAt = default, Person = Nobody, Source = Told.Source, RegistrationId = Id, TicketType = Word(random) },
    };

    private static Money? Sum(Random random) => random.Next(4) == 0 ? null : Told.Money(random.Next(0, 60), random.Next(4) == 0 ? "USD" : "EUR");

    private static string? Word(Random random) => random.Next(3) == 0 ? null : "word" + random.Next(3);

    private static T? Maybe<T>(Random random, T value) where T : struct => random.Next(3) == 0 ? null : value;
}
