using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Salesforce;

/// <summary>
/// Outbound messages: SOAP 1.1 with up to 100 notifications of one kind. See https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging_notifications.htm, read 2026-11-20.
/// </summary>
internal sealed class SalesforceOutbound(SalesforcePeople people)
{
    private static readonly HashSet<string> Nothing = [];

    /// <summary>The answer that Salesforce takes for received; anything else has it send the request again for 24 hours.</summary>
    private static readonly byte[] Ack =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>

        """u8.ToArray();

    /// <summary>Whether a body is XML rather than the JSON of a relay.</summary>
    public static bool Is(ReadOnlyMemory<byte> body) => body.Span.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'<', ..];

    public static WebhookReply Acknowledged => new() { ContentType = "text/xml; charset=utf-8", Body = Ack };

    /// <summary>The organization that a message says it is of; null when it says none, or can't be read.</summary>
    public static string? OrganizationOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Message(XmlPayload.Parse(body))["OrganizationId"].Text();
        }
        catch (PayloadException)
        {
            return null;
        }
    }

    /// <summary>The notifications.</summary>
    public static IReadOnlyList<XmlPayload> Notifications(WebhookDelivery delivery)
    {
        var message = Message(delivery.Xml);
        return message.Items("Notification") is { Count: > 0 } notifications ? notifications : throw message["Notification"].Missing();
    }

    /// <summary>A person: the chosen fields as they are now. Nothing tells whether the record is new.</summary>
    public Normalization Person(WebhookDelivery delivery, XmlPayload notification)
    {
        var record = SalesforceRecord.Of(notification["sObject"]);
        var definition = Message(delivery.Xml)["ActionId"].RequiredText();
        // A retry sends the record as it is then, under the same id: the time says which state it is.
        return Normalization.Of((record.Time("LastModifiedDate") ?? record.Time("SystemModstamp")) is { } at
            ? [.. people.Seen(record, $"outbound/{definition}/{SalesforceTime.Key(at)}", at, TimeBasis.Vendor, Nothing)]
            : [.. people.Seen(record, $"outbound/{definition}/{notification["Id"].RequiredText()}", delivery.ReceivedAt, TimeBasis.Arrival, Nothing)]);
    }

    private static XmlPayload Message(XmlPayload document) => document["Envelope"]["Body"]["notifications"];
}
