namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class ParameterHmacAuthenticationTests
{
    private const string Header = "X-Signature";
    private const string Token = "ParameterToken2026";
    private const string Json = """{"invoice":{"invoice_id":"460000000900001","status":"sent"}}""";
    private const string Form = "application/x-www-form-urlencoded; charset=UTF-8";

    private const string Missing = "header X-Signature is missing";
    private const string Malformed = "header X-Signature is malformed";
    private const string Mismatch = "the signature does not match";

    // Computed with Python's hmac over the texts that the scheme makes of them.
    [Theory]
    [InlineData("", "application/json", Json, "cd4b55d0e357e7bc6dbedfda7252ad2dd1697b8b11cae879d89e6833e3497083")]
    [InlineData("src=hub&event=invoice.sent", "application/json", Json, "01dd4c745019640f269b0e84393c85d55b34586fbd3c423f1d14625169cfea0e")]
    [InlineData("event=invoice.sent&src=hub", "application/json", Json, "01dd4c745019640f269b0e84393c85d55b34586fbd3c423f1d14625169cfea0e")]
    [InlineData("src=hub", Form, "invoice_number=INV-0042&customer_name=Zo%C3%AB+M%C3%BCller", "34ae45df3e09c42d63e0386f63b35512149415576aaa505dd56639c145304cd6")]
    public void Known_vector_is_signed_and_accepted(string query, string contentType, string body, string signature)
    {
        var request = Request(query, contentType, body);
        Assert.Equal(signature, Authentication().Sign(request).Header(Header));
        Assert.Equal(Verification.Accept, Authentication().Verify(request.WithHeader(Header, signature.ToUpperInvariant())));
    }

    [Theory]
    [InlineData(null, Missing)]
    [InlineData(" ", Missing)]
    [InlineData("zz", Malformed)]
    [InlineData("f1", Mismatch)]
    [InlineData("t=1,v=cd4b55d0e357e7bc6dbedfda7252ad2dd1697b8b11cae879d89e6833e3497083", Malformed)]
    [InlineData("cd4b55d0e357e7bc6dbedfda7252ad2dd1697b8b11cae879d89e6833e3497080", Mismatch)]
    public void Proof_that_is_none_is_refused(string? signature, string reason)
    {
        var request = Request("", "application/json", Json);
        Assert.Equal(Verification.Reject(reason), Authentication().Verify(signature is null ? request : request.WithHeader(Header, signature)));
    }

    [Theory]
    [InlineData("src=hub&event=invoice.void")]
    [InlineData("src=hub")]
    [InlineData("src=hub&event=invoice.sent&event=invoice.paid")]
    [InlineData("SRC=hub&event=invoice.sent")]
    [InlineData("")]
    public void Other_parameters_are_refused(string query)
    {
        var signed = Authentication().Sign(Request("src=hub&event=invoice.sent", "application/json", Json));
        Assert.Equal(Verification.Reject(Mismatch), Authentication().Verify(signed with { Query = query }));
    }

    [Fact]
    public void Form_that_is_passed_off_as_something_else_is_refused()
    {
        var signed = Authentication().Sign(Request("", Form, "b=2&a=1"));
        Assert.Equal(Verification.Accept, Authentication().Verify(signed));
        Assert.Equal(Verification.Reject(Mismatch), Authentication().Verify(signed.WithHeader("Content-Type", "application/json")));
    }

    [Fact]
    public void Form_that_is_not_utf8_is_refused()
    {
        var request = Given.Post([(byte)'a', (byte)'=', 0xFF]).WithHeader("Content-Type", Form);
        Assert.Equal(Verification.Reject("the form is not UTF-8"), Authentication().Verify(Authentication().Sign(request)));
    }

    [Fact]
    public void Every_secret_of_a_rotation_is_accepted()
    {
        var request = Request("a=1", "application/json", Json);
        foreach (var secret in new[] { "new", "old" }) Assert.Equal(Verification.Accept, Authentication("new", "old").Verify(Authentication(secret).Sign(request)));
        Assert.Equal(Verification.Reject(Mismatch), Authentication("new", "old").Verify(Authentication("older").Sign(request)));
    }

    private static WebhookRequest Request(string query, string contentType, string body) => Given.Post(body).WithHeader("Content-Type", contentType) with { Query = query };

    private static ParameterHmacAuthentication Authentication(params string[] secrets) => new(new Secrets(secrets is [] ? [Token] : secrets)) { Header = Header };
}
