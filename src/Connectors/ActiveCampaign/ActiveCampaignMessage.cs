using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>One account webhook: the form, and what its topics share.</summary>
internal sealed class ActiveCampaignMessage(FormPayload form, ActiveCampaignClock clock, ActiveCampaignPeople people)
{
    /// <summary>The body.</summary>
    public FormPayload Form => form;

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset Time { get; } = clock.Required(form, "date_time");

    /// <summary><see cref="Time"/> as keys name it.</summary>
    public string Moment => Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");

    /// <summary>The contact's id.</summary>
    public string ContactId => form.RequiredText("contact[id]");

    /// <summary>Whom it concerns.</summary>
    public Person Person => people.Of(form);

    /// <summary>The campaign that brought the person, where custom fields keep it.</summary>
    public Attribution? Attribution => people.AttributionOf(form);

    /// <summary>The contact as the vendor's object.</summary>
    public SourceReference Contact => Source("contact", ContactId);

    /// <summary>The deal where one is told, else the contact, as keys name it.</summary>
    public string Subject => form.Text("deal[id]") is { } deal ? $"deals/{deal}" : $"contacts/{ContactId}";

    /// <summary>The lists it is about; one null when it is about none in particular, or all.</summary>
    public IReadOnlyList<string?> Lists
    {
        get
        {
            // The vendor's page shows list[][id] for a contact who left several lists at once; captures show a single list.
            var several = form.Under("list").Where(member => member.Name.EndsWith("][id", StringComparison.Ordinal)).Select(member => member.Value);
            List<string?> lists = [.. several.Append(Id("list")).OfType<string>().Distinct(StringComparer.Ordinal)];
            return lists is [] ? [null] : lists;
        }
    }

    /// <summary>An id; null when absent, blank or <c>0</c>.</summary>
    public string? Id(string key) => ActiveCampaignPeople.Id(form, key);

    /// <summary>A time in UTC, or null.</summary>
    public DateTimeOffset? TimeOf(string key) => clock.Time(form, key);

    /// <summary>Points at one of the vendor's objects.</summary>
    public static SourceReference Source(string objectType, string objectId) => new() { ObjectType = objectType, ObjectId = objectId };
}
