namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Mindbody's topics.</summary>
internal static class MindbodyTopics
{
    private const string Catalogue = "the studio's own catalogue and settings";

    private static readonly string[] Settings =
    [
        "classSchedule.created", "classSchedule.updated", "classSchedule.cancelled", "classDescription.updated", "staff.created", "staff.updated", "staff.deactivated",
        "site.created", "site.updated", "site.deactivated", "location.created", "location.updated", "location.deactivated",
        "siteBusinessDayClosure.created", "siteBusinessDayClosure.cancelled",
    ];

    public static TopicTable Of(MindbodySettings settings)
    {
        var (clients, sales) = (new MindbodyClients(settings.DefaultCountry), new MindbodySales(settings.Currency));
        var table = new TopicTable
        {
            { "client.created", Told(clients.Seen) },
            { "client.updated", Told(clients.Seen) },
            { "client.deactivated", Told(MindbodyClients.Deactivated) },
            { "clientProfileMerger.created", Told(MindbodyClients.Merged) },
            { "appointmentBooking.created", Told(MindbodyAppointments.Booked) },
            { "appointmentBooking.updated", Told(MindbodyAppointments.Updated) },
            { "appointmentBooking.cancelled", Told(MindbodyAppointments.Cancelled) },
            { "classRosterBooking.created", Told(MindbodyClasses.Booked) },
            { "classRosterBooking.cancelled", Told(MindbodyClasses.Cancelled) },
            { "classRosterBookingStatus.updated", Told(MindbodyClasses.StatusChanged) },
            { "class.updated", Told(told => MindbodyClasses.Changed(told, hasApi: settings.ApiKey is not null)) },
            { "clientSale.created", Told(sales.Sold) },
            { "appointmentAddOn.created", "the appointment is told, not what goes with it" },
            { "appointmentAddOn.deleted", "the appointment is told, not what goes with it" },
            { "classWaitlistRequest.created", "who waits for a place has none; the booking tells when they get it" },
            { "classWaitlistRequest.cancelled", "who waits for a place has none" },
            { "clientArrival.created", "its body is not documented; being signed in to a class is told by classRosterBookingStatus.updated" },
        };
        foreach (var topic in Settings) table.Add(topic, Catalogue);
        AddSubscriptions(table, settings.Subscriptions);
        return table;
    }

    private static void AddSubscriptions(TopicTable table, MindbodySubscriptions chosen)
    {
        Add("clientContract.created", MindbodyContracts.Bought, MindbodySubscriptions.Contracts);
        Add("clientContract.updated", MindbodyContracts.Changed, MindbodySubscriptions.Contracts);
        Add("clientContract.cancelled", MindbodyContracts.Cancelled, MindbodySubscriptions.Contracts);
        Add("clientMembershipAssignment.created", MindbodyContracts.Assigned, MindbodySubscriptions.Memberships);
        Add("clientMembershipAssignment.cancelled", MindbodyContracts.Withdrawn, MindbodySubscriptions.Memberships);

        void Add(string topic, Func<MindbodyEvent, Normalization> reader, MindbodySubscriptions kind)
        {
            if (chosen == kind || chosen is MindbodySubscriptions.Both) table.Add(topic, Told(reader));
            else table.Add(topic, "the setting subscriptions counts the other kind");
        }
    }

    private static Func<WebhookDelivery, Normalization> Told(Func<MindbodyEvent, Normalization> reader) => delivery => reader(new MindbodyEvent(delivery));
}
