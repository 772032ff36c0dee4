using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.ZohoInvoice;

/// <summary>Plays an organization that invoices with Zoho: customers, estimates, invoices that are sent, paid or overdue, payments and refunds.</summary>
internal sealed class ZohoInvoiceSimulator : IWebhookSimulator
{
    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json;charset=UTF-8" };

    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What befalls a customer after the record was made, again and again. Everybody begins at another place.
    private static readonly (string Event, Func<SimulatedCustomer, JsonObject> Body)[] Story =
    [
        ("estimate.sent", customer => customer.Estimate("sent")),
        ("estimate.accepted", customer => customer.Estimate("accepted")),
        ("invoice.sent", customer => customer.Invoice("sent")),
        ("payment.created", customer => customer.Payment(isRefunded: false)),
        ("invoice.paid", customer => customer.Invoice("paid")),
        ("contact.updated", customer => customer.Contact()),
        ("invoice.overdue", customer => customer.Invoice("overdue")),
        ("recurring.created", customer => customer.Recurring("active")),
        ("payment.refunded", customer => customer.Payment(isRefunded: true)),
        ("recurring.stopped", customer => customer.Recurring("stopped")),
    ];

    public string Connector => "zoho-invoice";

    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        for (var number = 0; number < simulation.Count; number++)
        {
            var (step, person) = (number / simulation.People, simulation.Person(number % simulation.People));
            var place = step - 1 + (person.Number * 3 % Story.Length);
            var customer = new SimulatedCustomer(person, place / Story.Length, Simulation.Time(number));
            var (told, body) = step == 0 ? ("contact.created", customer.Contact()) : (Story[place % Story.Length].Event, Story[place % Story.Length].Body(customer));
            yield return new SimulatedDelivery { Headers = Headers, Query = $"event={told}", Body = JsonSerializer.SerializeToUtf8Bytes(body, AsSent) };
        }
    }

    /// <summary>One customer's records as Zoho sends them.</summary>
    private sealed class SimulatedCustomer(SimulatedPerson person, int round, DateTimeOffset at)
    {
        private static readonly (string Name, int Rate)[] Work = [("Pottery course", 1200), ("Studio rental", 350), ("Glaze workshop", 640)];

        private string Currency => person.Country switch { "US" => "USD", "GB" => "GBP", "NO" => "NOK", _ => "EUR" };

        private (string Name, int Rate) Job => Work[(person.Number + round) % Work.Length];

        public JsonObject Contact() => Record("contact", 26, new JsonObject
        {
            ["contact_id"] = Id(25),
            ["contact_name"] = person.Company,
            ["company_name"] = person.Company,
            ["contact_type"] = "customer",
            ["customer_sub_type"] = "business",
            ["status"] = "active",
            ["email"] = person.Email,
            ["language_code"] = person.Locale[..2],
            ["outstanding_receivable_amount"] = round * Job.Rate,
            ["contact_persons"] = new JsonArray(ContactPerson()),
        });

        public JsonObject Estimate(string status) => Record("estimate", 30, Document("estimate", 30, status));

        public JsonObject Invoice(string status)
        {
            var invoice = Document("invoice", 90, status);
            invoice["due_date"] = Simulation.Start.AddDays(14 + round).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            invoice["balance"] = status is "paid" ? 0 : 2 * Job.Rate;
            invoice["recurring_invoice_id"] = "";
            return Record("invoice", 90, invoice);
        }

        public JsonObject Payment(bool isRefunded) => Record("payment", 91, new JsonObject
        {
            ["payment_id"] = Id(91),
            ["payment_number"] = $"{(person.Number * 100) + round}",
            ["payment_mode"] = "banktransfer",
            ["amount"] = 2 * Job.Rate,
            ["amount_refunded"] = isRefunded ? Job.Rate : 0,
            ["date"] = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["status"] = "success",
            ["customer_id"] = Id(25),
            ["customer_name"] = person.Company,
            ["email"] = person.Email,
            ["invoices"] = new JsonArray(new JsonObject { ["invoice_id"] = Id(90), ["invoice_number"] = $"INV-{Id(90)[^6..]}", ["invoice_amount"] = 2 * Job.Rate, ["amount_applied"] = 2 * Job.Rate, ["balance_amount"] = 0 }),
        });

        public JsonObject Recurring(string status)
        {
            var recurring = Document("recurring_invoice", 40, status);
            recurring["recurrence_name"] = $"{Job.Name}, monthly";
            recurring["recurrence_frequency"] = "months";
            recurring["repeat_every"] = 1;
            recurring["next_invoice_date"] = at.AddMonths(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return Record("recurring_invoice", 40, recurring);
        }

        private JsonObject Document(string root, int module, string status) => new()
        {
            [$"{root}_id"] = Id(module),
            [$"{root}_number"] = root is "invoice" ? $"INV-{Id(module)[^6..]}" : $"EST-{Id(module)[^6..]}",
            ["status"] = status,
            ["date"] = Simulation.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["customer_id"] = Id(25),
            ["customer_name"] = person.Company,
            ["company_name"] = person.Company,
            ["email"] = person.Email,
            ["contact_persons_details"] = new JsonArray(ContactPerson()),
            ["line_items"] = new JsonArray(new JsonObject { ["item_id"] = $"4600000000{17_000 + Job.Rate}", ["name"] = Job.Name, ["rate"] = Job.Rate, ["quantity"] = 2 }),
            ["total"] = 2 * Job.Rate,
        };

        private JsonObject Record(string root, int module, JsonObject record)
        {
            record["currency_code"] = Currency;
            record["billing_address"] = new JsonObject { ["address"] = person.Street, ["street2"] = "", ["city"] = person.City, ["state"] = "", ["zip"] = person.PostalCode, ["country"] = person.CountryName, ["country_code"] = person.Country };
            record["custom_fields"] = new JsonArray();
            record["created_time"] = Write(Simulation.Start.AddDays(-module));
            record["last_modified_time"] = Write(at);
            return new JsonObject { [root] = record };
        }

        private JsonObject ContactPerson() => new()
        {
            ["contact_person_id"] = $"46000000{26_000_000 + person.Number}",
            ["first_name"] = person.FirstName,
            ["last_name"] = person.LastName,
            ["email"] = person.Email,
            ["phone"] = "",
            ["mobile"] = person.Phone,
            ["designation"] = "Owner",
            ["is_primary_contact"] = true,
        };

        private string Id(int module) => $"46{module:D2}{person.Number:D7}{(module is 25 ? 0 : round):D5}";

        private static string Write(DateTimeOffset time) => time.ToOffset(TimeSpan.FromHours(1)).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0100";
    }
}
