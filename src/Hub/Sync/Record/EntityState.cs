using System.Text.Json.Serialization;
using IntegrationHub.Contracts;

namespace IntegrationHub.Hub.Sync.Record;

/// <summary>What is known of one order, subscription, invoice, appointment, registration, deal or cart: a fold of its events that ends the same in any order.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OrderState), "order")]
[JsonDerivedType(typeof(SubscriptionState), "subscription")]
[JsonDerivedType(typeof(InvoiceState), "invoice")]
[JsonDerivedType(typeof(AppointmentState), "appointment")]
[JsonDerivedType(typeof(RegistrationState), "registration")]
[JsonDerivedType(typeof(DealState), "deal")]
[JsonDerivedType(typeof(CartState), "cart")]
internal abstract class EntityState
{
    /// <summary>Where the entity stands, by vendor time; at the same time the later stage wins.</summary>
    public Register<string>? Phase { get; set; }

    /// <summary>Takes in an event; one that does not concern this kind of entity changes nothing.</summary>
    /// <param name="contactEvent">The event.</param>
    /// <param name="stamp">Its stamp.</param>
    /// <param name="id">The vendor's id of this entity: an event can concern two of a kind.</param>
    public abstract void Apply(ContactEvent contactEvent, Stamp stamp, string id);

    /// <summary>The state before any event.</summary>
    public static EntityState Empty(EntityType type) => type switch
    {
        EntityType.Order => new OrderState(),
        EntityType.Subscription => new SubscriptionState(),
        EntityType.Invoice => new InvoiceState(),
        EntityType.Appointment => new AppointmentState(),
        EntityType.Registration => new RegistrationState(),
        EntityType.Deal => new DealState(),
        EntityType.Cart => new CartState(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Moves to a phase unless a later one is held; <paramref name="ranks"/> lists the phases, the one that wins a tie last.</summary>
    protected void Enter(string phase, Stamp stamp, string[] ranks) => Phase = Phase.Offer(phase, stamp, Array.IndexOf(ranks, phase));
}

/// <summary>Kinds of entities.</summary>
internal enum EntityType
{
    Order,
    Subscription,
    Invoice,
    Appointment,
    Registration,
    Deal,
    Cart,
}
