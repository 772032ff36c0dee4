using System.Globalization;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>Entities of the simulated company.</summary>
internal static class SimulatedBooks
{
    // The company's clocks are on the Pacific coast.
    private static readonly TimeSpan Pacific = TimeSpan.FromHours(-8);

    public static IReadOnlyList<(string Name, decimal Price)> Catalog { get; } =
        [("Workshop seat", 111.75m), ("Coaching, one hour", 95.00m), ("Handbook", 29.50m), ("Site visit", 240.00m)];

    public static JsonObject Customer(SimulatedPerson person, string id, DateTimeOffset addedAt, DateTimeOffset now) => new()
    {
        ["Id"] = id,
        ["SyncToken"] = now > addedAt ? "1" : "0",
        ["MetaData"] = Times(addedAt, now),
        ["GivenName"] = person.FirstName,
        ["FamilyName"] = person.LastName,
        ["DisplayName"] = person.FullName,
        ["FullyQualifiedName"] = person.FullName,
        ["CompanyName"] = person.Company,
        ["Active"] = true,
        ["Job"] = false,
        ["Balance"] = 0,
        ["PrimaryPhone"] = new JsonObject { ["FreeFormNumber"] = person.Phone },
        ["PrimaryEmailAddr"] = new JsonObject { ["Address"] = person.Email },
        ["BillAddr"] = new JsonObject
        {
            ["Line1"] = person.Street,
            ["City"] = person.City,
            ["PostalCode"] = person.PostalCode,
            ["Country"] = person.Country,
        },
        ["domain"] = "QBO",
    };

    /// <summary>An invoice, receipt, refund or estimate, without what settles it.</summary>
    public static JsonObject Sale(string id, SimulatedPerson person, string customerId, int product, int quantity, DateTimeOffset madeAt, DateTimeOffset now)
    {
        var (name, price) = Catalog[product];
        return new JsonObject
        {
            ["Id"] = id,
            ["SyncToken"] = now > madeAt ? "1" : "0",
            ["MetaData"] = Times(madeAt, now),
            ["DocNumber"] = $"1{id}",
            ["TxnDate"] = Day(madeAt),
            ["DueDate"] = Day(madeAt.AddDays(30)),
            ["CurrencyRef"] = new JsonObject { ["value"] = "USD", ["name"] = "United States Dollar" },
            ["CustomerRef"] = Reference(person, customerId),
            ["BillEmail"] = new JsonObject { ["Address"] = person.Email },
            ["Line"] = new JsonArray(new JsonObject
            {
                ["Id"] = "1",
                ["Description"] = name,
                ["Amount"] = price * quantity,
                ["DetailType"] = "SalesItemLineDetail",
                ["SalesItemLineDetail"] = new JsonObject { ["ItemRef"] = new JsonObject { ["value"] = $"{product + 1}", ["name"] = name }, ["UnitPrice"] = price, ["Qty"] = quantity },
            }),
            ["TotalAmt"] = price * quantity,
            ["domain"] = "QBO",
        };
    }

    public static JsonObject Payment(string id, SimulatedPerson person, string customerId, string invoiceId, int product, int quantity, DateTimeOffset now) => new()
    {
        ["Id"] = id,
        ["SyncToken"] = "0",
        ["MetaData"] = Times(now, now),
        ["CustomerRef"] = Reference(person, customerId),
        ["TotalAmt"] = Catalog[product].Price * quantity,
        ["UnappliedAmt"] = 0,
        ["CurrencyRef"] = new JsonObject { ["value"] = "USD", ["name"] = "United States Dollar" },
        ["Line"] = new JsonArray(new JsonObject
        {
            ["Amount"] = Catalog[product].Price * quantity,
            ["LinkedTxn"] = new JsonArray(new JsonObject { ["TxnId"] = invoiceId, ["TxnType"] = "Invoice" }),
        }),
        ["domain"] = "QBO",
    };

    private static JsonObject Reference(SimulatedPerson person, string customerId) => new() { ["value"] = customerId, ["name"] = person.FullName };

    private static JsonObject Times(DateTimeOffset madeAt, DateTimeOffset changedAt) => new() { ["CreateTime"] = Time(madeAt), ["LastUpdatedTime"] = Time(changedAt) };

    private static string Time(DateTimeOffset time) => time.ToOffset(Pacific).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset time) => time.ToOffset(Pacific).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
