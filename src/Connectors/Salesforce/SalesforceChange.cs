namespace IntegrationHub.Connectors.Salesforce;

/// <summary>A change event: what changed of one or several records, in one save. See https://developer.salesforce.com/docs/atlas.en-us.change_data_capture.meta/change_data_capture/cdc_event_fields_header.htm, read 2026-11-20.</summary>
internal sealed class SalesforceChange(Payload payload)
{
    private readonly Payload header = payload["ChangeEventHeader"];

    public string Entity => header["entityName"].RequiredText();

    /// <summary>What happened: CREATE, UPDATE, DELETE, UNDELETE; the same after GAP_ where the fields are not told.</summary>
    public string Type => header["changeType"].RequiredText();

    public bool IsGap => Type.StartsWith("GAP_", StringComparison.Ordinal);

    /// <summary>Whether the records are gone.</summary>
    public bool IsDeletion => Type is "DELETE" or "GAP_DELETE";

    public DateTimeOffset At => header["commitTimestamp"].Integer() is { } milliseconds ? SalesforceTime.Of(milliseconds, header["commitTimestamp"].Path) : throw header["commitTimestamp"].Missing();

    /// <summary>Names the change, in all ways that it is told.</summary>
    public string Key => $"change/{header["transactionKey"].RequiredText()}/{header["sequenceNumber"].RequiredId()}";

    /// <summary>The records; null when they are not named: of more than 100,000 there are no ids, and a wildcard stands for many.</summary>
    public IReadOnlyList<string>? Ids()
    {
        var ids = header["recordIds"].Items().ToList();
        if (ids.Count == 0 || ids.Exists(id => id.RequiredText().Contains('*', StringComparison.Ordinal))) return null;
        return [.. ids.Select(id => SalesforceId.Of(id.Text(), id.Path)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Names of the fields that changed, in an update.</summary>
    public IReadOnlySet<string> Changed => Type == "UPDATE" ? header["changedFields"].Items().Select(name => name.RequiredText()).ToHashSet(StringComparer.Ordinal) : new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The opportunity that a contact role is of; null when it is not told.</summary>
    public string? Opportunity => payload["OpportunityId"] is { Exists: true } id ? SalesforceId.Of(id.Text(), id.Path) : null;

    public SalesforceRecord Record(string id) => SalesforceRecord.Of(Entity, id, payload);
}
