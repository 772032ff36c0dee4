using System.Collections.Frozen;
using System.Globalization;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>What is asked of the API. Pages go on at the last change and, within one time, by id: a record that changes meanwhile moves to the end and is read again.</summary>
internal sealed class SalesforceQueries(SalesforceSettings settings)
{
    /// <summary>Who stands behind the contacts and leads of one person, with their wishes.</summary>
    public const string Individual = "Individual";

    private const int PageSize = 200;

    private static readonly FrozenDictionary<string, string> Fields = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Contact"] = "Id,IsDeleted,MasterRecordId,FirstName,LastName,Name,Email,Phone,MobilePhone,Title,Account.Name,Birthdate,MailingStreet,MailingCity,MailingState,MailingPostalCode,MailingCountry,LeadSource,HasOptedOutOfEmail,DoNotCall,EmailBouncedReason,EmailBouncedDate,SystemModstamp",
        ["Lead"] = "Id,IsDeleted,MasterRecordId,ConvertedContactId,FirstName,LastName,Name,Email,Phone,MobilePhone,Title,Company,Website,Street,City,State,PostalCode,Country,LeadSource,HasOptedOutOfEmail,DoNotCall,EmailBouncedReason,EmailBouncedDate,SystemModstamp",
        ["Opportunity"] = "Id,IsDeleted,Name,Amount,StageName,IsWon,IsClosed,Owner.Name,SystemModstamp,(SELECT ContactId FROM OpportunityContactRoles WHERE IsDeleted = false)",
        ["Task"] = "Id,IsDeleted,WhoId,Subject,Description,ActivityDate,CreatedDate,SystemModstamp",
        ["Event"] = "Id,IsDeleted,WhoId,Subject,Location,StartDateTime,EndDateTime,SystemModstamp",
        ["CampaignMember"] = "Id,IsDeleted,CampaignId,ContactId,LeadId,Status,CreatedDate,SystemModstamp,Campaign.Name,Campaign.Type,Campaign.StartDate",
        ["Order"] = "Id,IsDeleted,OrderNumber,TotalAmount,StatusCode,BillToContactId,CreatedDate,SystemModstamp",
        [Individual] = "Id,IsDeleted,ShouldForget,SystemModstamp",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Kinds of records that can be read.</summary>
    public static IReadOnlyList<string> Entities { get; } = ["Contact", "Lead", "Opportunity", "Task", "Event", "CampaignMember", "Order", Individual];

    public async Task<IReadOnlyList<VendorObject>> OneAsync(ObjectReference reference, ISalesforceApi api, CancellationToken cancellationToken)
    {
        var (entity, id) = reference;
        if (!Fields.ContainsKey(entity)) throw new VendorException(VendorFault.Refused, "the hub reads no such records");
        var answer = await api.QueryAsync($"SELECT {FieldsOf(entity)} FROM {entity} WHERE Id = '{SalesforceId.Of(id, "the reference")}'", cancellationToken);
        return [.. answer["records"].Items().Select(record => new VendorObject(entity, id, record))];
    }

    public async Task<BackfillPage> PageAsync(BackfillRequest request, ISalesforceApi api, CancellationToken cancellationToken)
    {
        var answer = await api.QueryAsync($"SELECT {FieldsOf(request.Stream)} FROM {request.Stream}{Where(request)} ORDER BY SystemModstamp, Id LIMIT {PageSize}", cancellationToken);
        var records = answer["records"].Items().ToList();
        string? next = null;
        if (records.Count >= PageSize || (records.Count > 0 && answer["done"].Flag() is false))
        {
            var last = SalesforceRecord.Of(request.Stream, records[^1]);
            next = $"{Write(last.Time("SystemModstamp") ?? throw records[^1]["SystemModstamp"].Missing())} {last.Id}";
        }
        return new BackfillPage([.. records.Select(record => new VendorObject(request.Stream, record["Id"].RequiredText(), record))], next);
    }

    private string FieldsOf(string entity)
    {
        IEnumerable<string> own = SalesforcePeople.Is(entity) ? settings.Fields.Keys.Order(StringComparer.Ordinal) : [];
        // Only an organization that has Data Protection and Privacy switched on has the field.
        if (SalesforcePeople.Is(entity) && settings.Reads(Individual)) own = own.Append("IndividualId");
        // Only an organization with several currencies has the field.
        if (entity is "Opportunity" or "Order" && settings.Currency is null) own = own.Append("CurrencyIsoCode");
        return string.Join(',', own.Prepend(Fields[entity]));
    }

    private static string Where(BackfillRequest request)
    {
        if (request.Cursor?.Split(' ') is [var at, var id]) return $" WHERE SystemModstamp > {at} OR (SystemModstamp = {at} AND Id > '{id}')";
        return request.Since is { } since ? $" WHERE SystemModstamp >= {Write(since)}" : "";
    }

    private static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
