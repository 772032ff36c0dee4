using System.Globalization;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>Plays Jotform: each person enquires with an appointment, orders, gives feedback, and now and then corrects the enquiry.</summary>
public sealed class JotformSimulator : IWebhookSimulator
{
    private static readonly string[] Topics = ["Pricing", "Onboarding", "Support", "Private lessons"];
    private static readonly (string Id, string Name, int Price)[] Products = [("1001", "Glazing kit", 26), ("1002", "Clay, 5 kg", 14), ("1003", "Tool roll", 39)];
    private static readonly string[] Comments = ["The wheel course was lovely, thank you!", "Kiln days are booked out too fast.", "Könnte es auch abends Kurse geben?", "More glazes, please."];

    private enum Step
    {
        Enquiry,
        Order,
        Feedback,
        Edit,
    }

    /// <inheritdoc/>
    public string Connector => "jotform";

    /// <inheritdoc/>
    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        for (var number = 0; number < simulation.Count; number++)
        {
            var person = simulation.Person(number % simulation.People);
            var round = number / simulation.People;
            // Only some correct what they wrote; the others enquire again.
            Step[] steps = person.Number % 3 == 0 ? [Step.Enquiry, Step.Order, Step.Edit, Step.Feedback] : [Step.Enquiry, Step.Order, Step.Feedback];
            var (step, lap) = (steps[round % steps.Length], round / steps.Length);
            var submission = step switch
            {
                Step.Order => Order(person, number, random),
                Step.Feedback => Feedback(person, number, random),
                Step.Edit => Edit(person, number, lap, random),
                _ => Enquiry(person, number, lap, random),
            };
            yield return new SimulatedDelivery { Headers = submission.Headers, Body = submission.Body() };
        }
    }

    private static JotformSimulatedSubmission Enquiry(SimulatedPerson person, int number, int lap, Random random)
    {
        var submission = Begin(person, number, EnquiryId(person, lap), random);
        return submission.Add("q10_mayWe", random.Next(10) < 7 ? "Yes" : "No").Add("q11_utm_source", "newsletter").Add("q12_utm_campaign", $"autumn-{person.Number % 4}");
    }

    private static JotformSimulatedSubmission Edit(SimulatedPerson person, int number, int lap, Random random)
    {
        var id = EnquiryId(person, lap);
        return Begin(person, number, id, random).Add("editSubmission", id).Add("q10_mayWe", "No");
    }

    private static JotformSimulatedSubmission Begin(SimulatedPerson person, int number, string id, Random random)
    {
        var slot = Simulation.Time(number).AddDays(7 + random.Next(20)).Date.AddHours(9 + random.Next(8));
        return new JotformSimulatedSubmission("262840011223344", "Studio enquiry", id, number)
            .Add("q3_fullName", new JsonObject { ["first"] = person.FirstName, ["last"] = person.LastName })
            .Add("q4_email", person.Email)
            .Add("q5_phoneNumber", new JsonObject { ["full"] = person.Phone })
            .Add("q6_address", new JsonObject { ["addr_line1"] = person.Street, ["addr_line2"] = "", ["city"] = person.City, ["state"] = "", ["postal"] = person.PostalCode, ["country"] = person.CountryName })
            .Add("q7_topics", new JsonArray(Topics[random.Next(2)], Topics[2 + random.Next(2)]))
            .Add("q8_company", person.Company)
            .Add("q9_slot", new JsonObject { ["implementation"] = "new", ["date"] = slot.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), ["duration"] = "30", ["timezone"] = $"{person.TimeZone} (GMT+00:00)" });
    }

    private static JotformSimulatedSubmission Order(SimulatedPerson person, int number, Random random)
    {
        var (productId, name, price) = Products[random.Next(Products.Length)];
        var quantity = random.Next(1, 4);
        var currency = person.Country switch { "US" => "USD", "GB" => "GBP", "NO" => "NOK", _ => "EUR" };
        var product = new JsonObject
        {
            ["productName"] = name,
            ["unitPrice"] = price,
            ["currency"] = currency,
            ["quantity"] = quantity,
            ["subTotal"] = price * quantity,
            ["productOptions"] = new JsonArray($"Amount: {price} {currency}", $"Quantity: {quantity}"),
        };
        return new JotformSimulatedSubmission("262840055667788", "Shop order", $"6712{number:D15}", number)
            .Add("eventObserverPayment", "control_stripe").Add("payment_total_checksum", $"{price * quantity}").Add("payment_discount_value", "0")
            .Add("q3_fullName", new JsonObject { ["first"] = person.FirstName, ["last"] = person.LastName })
            .Add("q4_email", person.Email)
            .Add("q14_myProducts", new JsonObject { ["0"] = new JsonObject { ["id"] = productId }, ["products"] = new JsonArray(product) });
    }

    private static JotformSimulatedSubmission Feedback(SimulatedPerson person, int number, Random random) =>
        new JotformSimulatedSubmission("262840099001122", "How was it?", $"6713{number:D15}", number)
            .Add("q2_email2", person.Email)
            .Add("q3_rating", random.Next(2, 6))
            .Add("q4_comments", Comments[random.Next(Comments.Length)]);

    private static string EnquiryId(SimulatedPerson person, int lap) => $"6711{lap:D5}{person.Number:D10}";
}
