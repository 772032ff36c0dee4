using System.Text;
using IntegrationHub.Connectors.Salesforce;
using IntegrationHub.Connectors.Tests.Kit;
using IntegrationHub.Contracts;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Tests.Salesforce;

public sealed class SalesforceMessageTests
{
    private const string Token = "sf-demo-token-7f3a";
    private const string Organization = "00D5g000004ZkQbEAK";

    private static readonly Verification OtherOrganization = Verification.Reject("the message is not of the organization that organizationId names");

    [Theory]
    [InlineData("00D5g000004ZkQb")]
    [InlineData("00D5g000004ZkQbEAK")]
    public void Organization_is_known_by_15_characters_and_by_18(string told)
    {
        Assert.Equal(Verification.Accept, Source(Organization).Verify(Message(told)));
        Assert.Equal(Verification.Accept, Source("00D5g000004ZkQb").Verify(Message(told)));
    }

    [Theory]
    [InlineData("00D5g000004zkqb")]
    [InlineData("00D5g000004zkqbEAA")]
    [InlineData("00D5g000004ZkQc")]
    [InlineData("00D5g000004ZkQ")]
    [InlineData("")]
    public void Another_organization_is_rejected_and_case_counts(string told) => Assert.Equal(OtherOrganization, Source(Organization).Verify(Message(told)));

    [Theory]
    [InlineData("<a/>")]
    [InlineData("<")]
    [InlineData("<!DOCTYPE a [<!ENTITY o \"00D5g000004ZkQbEAK\">]><Envelope><Body><notifications><OrganizationId>&o;</OrganizationId></notifications></Body></Envelope>")]
    public void Message_that_names_no_organization_is_rejected(string body) => Assert.Equal(OtherOrganization, Source(Organization).Verify(Given.Post(body) with { PathToken = Token }));

    [Fact]
    public void Token_is_looked_at_first() =>
        Assert.Equal(Verification.Reject("the token does not match"), Source(Organization).Verify(Message(Organization) with { PathToken = "other" }));

    [Theory]
    [InlineData("00D5g000004ZkQbEAK", true)]
    [InlineData("00D5g000004ZkQb", true)]
    [InlineData("00D5g000004zkqbEAA", true)]
    [InlineData("00D5g000004zkqbEAK", false)]
    [InlineData("001A0000006Vm9rIAC", false)]
    [InlineData("00D5g000004ZkQ", false)]
    [InlineData("00D5g000004ZkQ-", false)]
    public void Setting_is_an_organizations_id_whose_last_characters_are_right(string id, bool isOne)
    {
        var settings = new JObject { ["webhookToken"] = Token, ["organizationId"] = id };
        Assert.Equal(isOne, SettingsBinder.Bind(typeof(SalesforceSettings), settings, out _) is not null);
    }

    // The second is a published pair.
    [Theory]
    [InlineData("0035g00000BxTqL", "0035g00000BxTqLAAV")]
    [InlineData("001A0000006Vm9r", "001A0000006Vm9rIAC")]
    public void Records_are_known_by_18_characters(string told, string known)
    {
        Assert.Equal(known, Facts(Envelope(Organization).Replace("0035g00000BxTqLAAV", told, StringComparison.Ordinal))[0].Event.Source.ObjectId);
    }

    [Fact]
    public void Opt_out_of_a_message_without_a_time_is_the_same_when_repeated_and_another_in_another_message()
    {
        var message = Envelope(Organization).Replace("</sf:Id>", "</sf:Id><sf:HasOptedOutOfEmail>true</sf:HasOptedOutOfEmail>", StringComparison.Ordinal);
        var (first, again) = (OptOut(message), OptOut(message));
        Assert.Equal(first, again);
        Assert.NotEqual(first, OptOut(message.Replace("04l5g00000Qw3ErAAJ", "04l5g00000Qw3EsAAJ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(WebhookOutcome.Accepted, true)]
    [InlineData(WebhookOutcome.Duplicate, true)]
    [InlineData(WebhookOutcome.Rejected, false)]
    [InlineData(WebhookOutcome.TooLarge, false)]
    [InlineData(WebhookOutcome.NotStored, false)]
    public void Only_what_is_stored_is_acknowledged(WebhookOutcome outcome, bool isAcknowledged)
    {
        var answer = Source(Organization).Answer(outcome, Message(Organization));
        Assert.Equal(isAcknowledged, answer is not null);
        if (answer is not null) Assert.Equal((200, "text/xml; charset=utf-8", "true"), (answer.StatusCode, answer.ContentType, XmlPayload.Parse(answer.Body)["Envelope"]["Body"]["notificationsResponse"]["Ack"].Text()));
        Assert.Null(Source(Organization).Answer(outcome, Given.Post("{}")));
    }

    private static string OptOut(string message) => Assert.Single(Facts(message), fact => fact.Event is EmailUnsubscribed).Key;

    private static IReadOnlyList<Fact> Facts(string message)
    {
        var delivery = new WebhookDelivery { Connection = "sales", Connector = "salesforce", Headers = new Dictionary<string, string>(), Body = Encoding.UTF8.GetBytes(message), ReceivedAt = Given.Arrival };
        return Assert.IsType<Normalization.Events>(Normalization.Run(Source(Organization), delivery)).Facts;
    }

    private static WebhookRequest Message(string organization) => Given.Post(Envelope(organization)) with { PathToken = Token };

    private static string Envelope(string organization) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound">
        <OrganizationId>{organization}</OrganizationId><ActionId>04k5g000000TnWdAAK</ActionId>
        <Notification><Id>04l5g00000Qw3ErAAJ</Id><sObject xsi:type="sf:Contact" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>0035g00000BxTqLAAV</sf:Id></sObject></Notification>
        </notifications></e:Body></e:Envelope>
        """;

    private static IWebhookSource Source(string organization) => new SalesforceConnector(new SalesforceSettings { WebhookToken = new Secrets(Token), OrganizationId = organization });
}
