namespace IntegrationHub.Connectors.ActiveCampaign;

/// <summary>Writes what the API tells into the form of a webhook.</summary>
internal sealed class ActiveCampaignForm
{
    private readonly List<(string Key, string? Value)> fields = [];

    private ActiveCampaignForm() { }

    /// <summary>A form that tells something of this time.</summary>
    public static ActiveCampaignForm Of(DateTimeOffset time) => new ActiveCampaignForm().Add("date_time", time.ToString("O"));

    /// <summary>The contact block.</summary>
    public ActiveCampaignForm AddContact(Payload told)
    {
        var contact = told["contact"];
        Add("contact[id]", contact["id"].Id()).Add("contact[email]", contact["email"].Text()).Add("contact[phone]", contact["phone"].Text())
            .Add("contact[first_name]", contact["firstName"].Text()).Add("contact[last_name]", contact["lastName"].Text())
            .Add("contact[orgname]", contact["orgname"].Text())
            .Add("contact[tags]", string.Join(", ", told["tags"].Items().Select(tag => tag.Text()).OfType<string>()));
        foreach (var field in told["fieldValues"].Items()) Add($"contact[fields][{field["field"].RequiredId()}]", field["value"].Scalar());
        return this;
    }

    /// <summary>The list that was joined or left, and by what.</summary>
    public ActiveCampaignForm AddList(Payload list) => Add("list", list["list"].RequiredId())
        .Add("form[id]", list["form"].Id()).Add("campaign[id]", list["campaign"].Id()).Add("unsubscribe[reason]", list["unsubreason"].Text());

    /// <summary>The deal block. The API tells the value in minor units, a webhook in major ones.</summary>
    public ActiveCampaignForm AddDeal(Payload told)
    {
        var (deal, contact, owner) = (told["deal"], told["contact"]["contact"], told["owner"]);
        if (Amounts.Minor(deal["value"], deal["currency"]) is { } value) Add("deal[value]", Amounts.Write(value.Amount, value.Currency)).Add("deal[currency]", value.Currency);
        return Add("deal[id]", deal["id"].RequiredId()).Add("deal[title]", deal["title"].Text()).Add("deal[status]", deal["status"].Scalar())
            .Add("deal[stage_title]", told["stage"].Text()).Add("deal[pipeline_title]", told["pipeline"].Text())
            .Add("deal[owner_firstname]", owner["firstName"].Text()).Add("deal[owner_lastname]", owner["lastName"].Text())
            .Add("deal[contactid]", ActiveCampaignObjects.Id(deal["contact"])).Add("deal[contact_email]", contact["email"].Text())
            .Add("deal[contact_firstname]", contact["firstName"].Text()).Add("deal[contact_lastname]", contact["lastName"].Text());
    }

    /// <summary>The form.</summary>
    public FormPayload Read() => FormPayload.Of(fields);

    private ActiveCampaignForm Add(string key, string? value)
    {
        fields.Add((key, value));
        return this;
    }
}
