using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.QuickBooks;

/// <summary>One person in the simulated books, and how far they have come.</summary>
internal sealed class SimulatedClient(SimulatedPerson person, SimulatedCompany company, Random random)
{
    private static readonly string[][] Journeys =
    [
        ["add", "invoice", "email", "pay", "edit"],
        ["add", "estimate", "accept", "invoice", "pay"],
        ["add", "receipt", "refund", "edit"],
    ];

    private static readonly string[] Return = ["invoice", "pay", "receipt"];

    private readonly string[] journey = Journeys[random.Next(Journeys.Length)];
    private readonly string customerId = company.NextId();
    private DateTimeOffset addedAt;
    private (string Id, DateTimeOffset At, int Product, int Quantity) sale;
    private int step;

    /// <summary>The events of the next delivery about this person.</summary>
    public IReadOnlyList<(string Type, string Id)> Next(DateTimeOffset now)
    {
        var next = step < journey.Length ? journey[step] : Return[(step - journey.Length) % Return.Length];
        step++;
        switch (next)
        {
            case "add":
                addedAt = now;
                PutCustomer(now);
                return [("qbo.customer.created.v1", customerId)];
            case "edit":
                PutCustomer(now);
                return [("qbo.customer.updated.v1", customerId)];
            case "email":
                return [("qbo.invoice.emailed.v1", sale.Id)];
            case "accept":
                Put(QuickBooksEntities.Estimate, now, body => body["TxnStatus"] = "Accepted");
                return [("qbo.estimate.updated.v1", sale.Id)];
            case "pay":
                return Pay(now);
            default:
                return [Sell(next, now)];
        }
    }

    private (string, string) Sell(string what, DateTimeOffset now)
    {
        var (entity, settle) = what switch
        {
            "invoice" => (QuickBooksEntities.Invoice, (Action<JsonObject>)(body => body["Balance"] = body["TotalAmt"]!.DeepClone())),
            "estimate" => (QuickBooksEntities.Estimate, body => body["TxnStatus"] = "Pending"),
            "receipt" => (QuickBooksEntities.SalesReceipt, body => body["Balance"] = 0),
            _ => (QuickBooksEntities.RefundReceipt, _ => { }),
        };
        // One piece of what was sold comes back.
        sale = what == "refund" ? (company.NextId(), now, sale.Product, 1) : (company.NextId(), now, random.Next(SimulatedBooks.Catalog.Count), random.Next(1, 4));
        Put(entity, now, settle);
        return ($"qbo.{entity}.created.v1", sale.Id);
    }

    // A payment tells itself, and the invoice that it settles changes.
    private (string, string)[] Pay(DateTimeOffset now)
    {
        var paymentId = company.NextId();
        Put(QuickBooksEntities.Invoice, now, body => body["Balance"] = 0);
        company.Put(QuickBooksEntities.Payment, paymentId, SimulatedBooks.Payment(paymentId, person, customerId, sale.Id, sale.Product, sale.Quantity, now));
        return [("qbo.payment.created.v1", paymentId), ("qbo.invoice.updated.v1", sale.Id)];
    }

    private void Put(string entity, DateTimeOffset now, Action<JsonObject> settle)
    {
        var body = SimulatedBooks.Sale(sale.Id, person, customerId, sale.Product, sale.Quantity, sale.At, now);
        settle(body);
        company.Put(entity, sale.Id, body);
    }

    private void PutCustomer(DateTimeOffset now) => company.Put(QuickBooksEntities.Customer, customerId, SimulatedBooks.Customer(person, customerId, addedAt, now));
}
