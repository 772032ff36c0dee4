namespace IntegrationHub.Connectors.Tests.Conformance;

public sealed class ExchangeTests
{
    [Theory, MemberData(nameof(Cases.Exchanges), MemberType = typeof(Cases))]
    public async Task Conversation_with_the_vendor_ends_as_expected(string vendor, string exchange)
    {
        var subject = VendorFolder.Named(vendor).Exchange(exchange);
        var outcome = await subject.OutcomeAsync();
        if (Environment.GetEnvironmentVariable("HUB_ACCEPT_SAMPLES") == "1") await File.WriteAllTextAsync(subject.ExpectedFile, outcome);
        Assert.Equal(await File.ReadAllTextAsync(subject.ExpectedFile), outcome);
        Assert.DoesNotContain("\"invalid\"", outcome, StringComparison.Ordinal);
    }
}
