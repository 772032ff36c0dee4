using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.ClickFunnels;

/// <summary>Plays a ClickFunnels workspace: people who opt in, buy a workshop, subscribe to a membership, book calls and take a course.</summary>
internal sealed class ClickFunnelsSimulator : IWebhookSimulator
{
    private static readonly Dictionary<string, string> Headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };

    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What befalls everybody after they came, again and again. Everybody begins at another place.
    private static readonly (string Topic, string Subject, Func<SimulatedFunnel, JsonObject> Data)[] Story =
    [
        ("form_submission.created", "FormSubmission", funnel => funnel.Form()),
        ("contacts/applied_tag.created", "Contacts::AppliedTag", funnel => funnel.Tag()),
        ("order.created", "Order", funnel => funnel.Order("pending")),
        ("one-time-order.completed", "Order", funnel => funnel.Order("paid")),
        ("orders/invoice.paid", "Orders::Invoice", funnel => funnel.Invoice("paid")),
        ("courses/enrollment.created", "Courses::Enrollment", funnel => funnel.Enrollment()),
        ("appointments/scheduled_event.created", "Appointments::ScheduledEvent", funnel => funnel.Booking(0)),
        ("sales/opportunity.created", "Sales::Opportunity", funnel => funnel.Opportunity("New lead", isClosed: false)),
        ("appointments/scheduled_event.rescheduled", "Appointments::ScheduledEvent", funnel => funnel.Booking(2)),
        ("contact.updated", "Contact", funnel => funnel.Contact(unsubscribes: true)),
        ("subscription.activated", "Order", funnel => funnel.Subscription("active")),
        ("subscription.invoice.paid", "Orders::Invoice", funnel => funnel.Renewal("paid")),
        ("sales/opportunity.moved_stage", "Sales::Opportunity", funnel => funnel.Opportunity("Call held", isClosed: false)),
        ("orders/invoice.refunded", "Orders::Invoice", funnel => funnel.Invoice("refunded")),
        ("courses/enrollment.course_completed", "Courses::Enrollment", funnel => funnel.Enrollment()),
        ("renewal-invoice-payment-declined", "Orders::Invoice", funnel => funnel.Renewal("past_due")),
        ("sales/opportunity.closed", "Sales::Opportunity", funnel => funnel.Opportunity("Won", isClosed: true)),
        ("subscription.canceled", "Order", funnel => funnel.Subscription("canceled")),
        ("appointments/scheduled_event.canceled", "Appointments::ScheduledEvent", funnel => funnel.Booking(2)),
        ("contacts/applied_tag.deleted", "Contacts::AppliedTag", funnel => funnel.Tag()),
    ];

    public string Connector => "clickfunnels";

    public IEnumerable<SimulatedDelivery> Deliveries(Simulation simulation)
    {
        var random = simulation.Random(Connector);
        for (var number = 0; number < simulation.Count; number++)
        {
            var (step, person) = (number / simulation.People, simulation.Person(number % simulation.People));
            var place = step - 1 + (person.Number * 3 % Story.Length);
            var funnel = new SimulatedFunnel(person, place / Story.Length, Simulation.Time(number));
            var (topic, subject, data) = step == 0 ? ("contact.identified", "Contact", it => it.Contact(unsubscribes: false)) : Story[place % Story.Length];
            var body = Envelope(topic, subject, data(funnel), Simulation.Time(number), random);
            yield return new SimulatedDelivery { Headers = Headers, Body = JsonSerializer.SerializeToUtf8Bytes(body, AsSent) };
        }
    }

    private static JsonObject Envelope(string topic, string subject, JsonObject data, DateTimeOffset at, Random random)
    {
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        return new JsonObject
        {
            ["data"] = data,
            ["event_id"] = new Guid(id).ToString(),
            ["event_type"] = topic,
            ["subject_id"] = data["id"]?.DeepClone(),
            ["subject_type"] = subject,
            ["created_at"] = SimulatedFunnel.Write(at),
            ["api_version"] = 2,
            ["workspace_id"] = SimulatedFunnel.Workspace,
            ["page_id"] = null,
            ["funnel_id"] = null,
        };
    }
}
