using System.Net;

namespace IntegrationHub.Hub.Tests.Ingest;

/// <summary>A vendor that takes nothing but its own words for received.</summary>
public sealed class VendorAnswerTests : IAsyncLifetime
{
    private const string Ack =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>

        """;

    private readonly VendorSample message = VendorSample.Load("salesforce", "outbound-message-batch");
    private TestHub hub = null!;

    public async Task InitializeAsync() => hub = await TestHub.StartAsync(TestHub.ConnectionsOf("salesforce"));

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Message_and_its_repetition_are_acknowledged()
    {
        foreach (var outcome in new[] { "accepted", "duplicate" })
        {
            using var answer = await hub.PostAsync("salesforce", message.Body, message.Headers);
            Assert.Equal((HttpStatusCode.OK, "text/xml", Ack), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync()));
            Assert.Equal([outcome], answer.Headers.GetValues("Hub-Status"));
        }
        Assert.Single((await hub.GetAsync("/api/deliveries")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Message_of_another_organization_is_refused_and_not_acknowledged()
    {
        var other = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(message.Body).Replace("<OrganizationId>00D5g000004ZkQbEAK", "<OrganizationId>00D5g000004zkqbEAA", StringComparison.Ordinal));
        using var answer = await hub.PostAsync("salesforce", other, message.Headers);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty((await hub.GetAsync("/api/deliveries")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Event_of_a_relay_is_answered_as_usual()
    {
        var told = VendorSample.Load("salesforce", "contact-change-event-create");
        using var answer = await hub.PostAsync("salesforce", told.Body, told.Headers);
        Assert.Equal("{\"status\":\"accepted\",\"id\":\"1\"}", await answer.Content.ReadAsStringAsync());
    }
}
