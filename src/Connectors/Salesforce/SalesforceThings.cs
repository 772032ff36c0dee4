using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>Opportunities, tasks, calendar events, campaign members and orders, as the API tells them.</summary>
internal sealed class SalesforceThings(SalesforceSettings settings)
{
    /// <summary>Each contact that has a role in an opportunity is told of it.</summary>
    public Normalization Opportunity(Payload body)
    {
        var deal = SalesforceRecord.Of("Opportunity", body);
        if (deal.Flag("IsDeleted") is true) return Gone(deal);
        var contacts = body["OpportunityContactRoles"]["records"].Items().Select(role => SalesforceId.Of(role["ContactId"].Text(), role["ContactId"].Path)).Distinct(StringComparer.Ordinal).ToList();
        if (contacts.Count == 0) return Nobody(deal);
        var at = Modified(deal);
        return Normalization.Of([.. contacts.Select(contact => new Fact($"Opportunity/{deal.Id}/state/{SalesforceTime.Key(at)}/{contact}", new DealChanged
        {
            OccurredAt = at,
            Person = SalesforcePeople.Of(contact),
            Source = SalesforcePeople.SourceOf("Opportunity", deal.Id),
            DealId = deal.Id,
            Title = deal.Text("Name"),
            Value = Amount(deal, "Amount"),
            Stage = deal.Text("StageName"),
            Status = deal.Flag("IsWon") is true ? DealStatus.Won : deal.Flag("IsClosed") switch { true => DealStatus.Lost, false => DealStatus.Open, null => null },
            Owner = deal.Text("Owner.Name"),
        }))]);
    }

    public static Normalization Task(Payload body)
    {
        var task = SalesforceRecord.Of("Task", body);
        if (task.Flag("IsDeleted") is true) return Gone(task);
        if (Who(task) is not { } person) return Nobody(task);
        return Normalization.Of($"Task/{task.Id}/created", new TaskCreated
        {
            OccurredAt = task.Time("CreatedDate") ?? Modified(task),
            Person = person,
            Source = SalesforcePeople.SourceOf("Task", task.Id),
            TaskId = task.Id,
            Title = task.Text("Subject") ?? "Task",
            Note = task.Text("Description"),
            DueAt = task.Date("ActivityDate") is { } due ? new DateTimeOffset(due, TimeOnly.MinValue, TimeSpan.Zero) : null,
        });
    }

    public static Normalization CalendarEvent(Payload body)
    {
        var booking = SalesforceRecord.Of("Event", body);
        if (Who(booking) is not { } person) return Nobody(booking);
        var (at, source) = (Modified(booking), SalesforcePeople.SourceOf("Event", booking.Id));
        var (title, place) = (booking.Text("Subject"), booking.Text("Location"));
        if (booking.Flag("IsDeleted") is true)
            return Normalization.Of($"Event/{booking.Id}/cancelled/{SalesforceTime.Key(at)}", new AppointmentCancelled { OccurredAt = at, Person = person, Source = source, AppointmentId = booking.Id, Title = title, Location = place });
        return Normalization.Of($"Event/{booking.Id}/state/{SalesforceTime.Key(at)}", new AppointmentBooked
        {
            OccurredAt = at,
            Person = person,
            Source = source,
            AppointmentId = booking.Id,
            Title = title,
            Location = place,
            StartsAt = booking.Time("StartDateTime"),
            EndsAt = booking.Time("EndDateTime"),
        });
    }

    /// <summary>Somebody joined a campaign. Of those that are occasions it is a registration.</summary>
    public Normalization CampaignMember(Payload body)
    {
        var member = SalesforceRecord.Of("CampaignMember", body);
        if (member.Flag("IsDeleted") is true) return Gone(member);
        if ((member.Reference("ContactId") ?? member.Reference("LeadId")) is not { } who) return Nobody(member);
        if (!settings.EventCampaigns.Contains(member.Text("Campaign.Type"), StringComparer.OrdinalIgnoreCase)) return new Normalization.Ignored(member.Entity, "the campaign's type is none of eventCampaigns");
        var (person, source) = (SalesforcePeople.Of(who), SalesforcePeople.SourceOf("CampaignMember", member.Id));
        var registered = new EventRegistered
        {
            OccurredAt = member.Time("CreatedDate") ?? Modified(member),
            Person = person,
            Source = source,
            RegistrationId = member.Id,
            OccasionId = member.Reference("CampaignId"),
            Title = member.Text("Campaign.Name"),
            StartsAt = member.Date("Campaign.StartDate") is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null,
        };
        List<Fact> facts = [new($"CampaignMember/{member.Id}/registered", registered)];
        if (member.Text("Status") is "Attended")
            facts.Add(new Fact($"CampaignMember/{member.Id}/attended", new EventAttended { OccurredAt = Modified(member), Person = person, Source = source, RegistrationId = member.Id, OccasionId = registered.OccasionId, Title = registered.Title, StartsAt = registered.StartsAt }));
        return Normalization.Of(facts);
    }

    public Normalization Order(Payload body)
    {
        var order = SalesforceRecord.Of("Order", body);
        if (order.Flag("IsDeleted") is true) return Gone(order);
        // What an order's states are called is the organization's own; to which of two they belong is not.
        if (order.Text("StatusCode") is "Draft" or "D") return new Normalization.Ignored(order.Entity, "is a draft");
        if (order.Reference("BillToContactId") is not { } contact) return Nobody(order);
        var at = Modified(order);
        return Normalization.Of($"Order/{order.Id}/state/{SalesforceTime.Key(at)}", new OrderPlaced
        {
            OccurredAt = at,
            Person = SalesforcePeople.Of(contact),
            Source = SalesforcePeople.SourceOf("Order", order.Id),
            OrderId = order.Id,
            Number = order.Text("OrderNumber"),
            PlacedAt = order.Time("CreatedDate"),
            Total = Amount(order, "TotalAmount"),
        });
    }

    // Who is a contact or a lead; What, which is not read, may be an account or an opportunity.
    private static Person? Who(SalesforceRecord activity) =>
        activity.Reference("WhoId") is { } who && (who.StartsWith("003", StringComparison.Ordinal) || who.StartsWith("00Q", StringComparison.Ordinal)) ? SalesforcePeople.Of(who) : null;

    private Money? Amount(SalesforceRecord record, string field) =>
        record.Decimal(field) is { } amount && (record.Text("CurrencyIsoCode") ?? settings.Currency) is { } currency && Amounts.IsCurrency(currency) ? new Money { Amount = amount, Currency = currency } : null;

    private static DateTimeOffset Modified(SalesforceRecord record) => record.Time("SystemModstamp") ?? throw new PayloadException("$.SystemModstamp", "is missing");

    private static Normalization.Ignored Nobody(SalesforceRecord record) => new(record.Entity, "names neither a contact nor a lead");

    private static Normalization.Ignored Gone(SalesforceRecord record) => new(record.Entity, "was deleted; what was known of it stays");
}
