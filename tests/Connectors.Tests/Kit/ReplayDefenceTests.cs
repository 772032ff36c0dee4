namespace IntegrationHub.Connectors.Tests.Kit;

/// <summary>What stops a replay, for each way to prove a sender.</summary>
public sealed class ReplayDefenceTests
{
    private static readonly Secrets Secret = new("c2VjcmV0");

    public static TheoryData<string, ReplayDefence, double?> Table => new()
    {
        { "body", ReplayDefence.Memory, 30 * 24 * 60 },
        { "parameters", ReplayDefence.Memory, 30 * 24 * 60 },
        { "timestamped", ReplayDefence.Window, 10 },
        { "time header", ReplayDefence.Window, 120 },
        { "standard", ReplayDefence.SignedId, null },
        { "token", ReplayDefence.None, null },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Scheme_has_its_defence(string scheme, ReplayDefence defence, double? minutes)
    {
        WebhookAuthentication authentication = scheme switch
        {
            "body" => new HmacAuthentication(Secret) { Header = "X-Signature" },
            "parameters" => new ParameterHmacAuthentication(Secret) { Header = "X-Signature" },
            "timestamped" => new HmacAuthentication(Secret) { Header = "X-Signature", Layout = SignatureLayout.Timestamped },
            "time header" => new HmacAuthentication(Secret) { Header = "X-Signature", Content = SignedContent.Of("{seconds:X-Time}{body}"), Tolerance = TimeSpan.FromHours(1) },
            "standard" => new StandardWebhooksAuthentication(Secret, StandardWebhooksSecret.Base64),
            _ => new TokenAuthentication(Secret),
        };
        Assert.Equal((defence, minutes), (authentication.ReplayDefence, authentication.ReplayMemory?.TotalMinutes));
    }
}
