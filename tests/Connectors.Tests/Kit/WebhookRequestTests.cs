namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class WebhookRequestTests
{
    [Fact]
    public void Header_is_found_in_any_case_after_one_is_added()
    {
        var request = Bare(("X-First", "1")).WithHeader("X-Second", "2");
        Assert.Equal(("1", "2"), (request.Header("x-FIRST"), request.Header("x-second")));
        Assert.Null(request.Header("X-Third"));
    }

    [Fact]
    public void Added_header_replaces_the_one_of_another_case()
    {
        var request = Bare(("X-Signature", "old")).WithHeader("x-signature", "new");
        Assert.Equal("new", request.Header("X-SIGNATURE"));
        Assert.Single(request.Headers);
    }

    [Fact]
    public void Request_itself_stays_as_it_was()
    {
        var request = Bare(("X-First", "1"));
        request.WithHeader("X-Second", "2");
        Assert.Equal([new("X-First", "1")], request.Headers);
    }

    [Fact]
    public void All_else_is_kept()
    {
        var request = Given.Post("body") with { PathToken = "t", Query = "a=1", Url = new Uri("https://hub.example.com/webhooks/shop") };
        var added = request.WithHeader("X-First", "1");
        Assert.Equal((request.Method, request.PathToken, request.Query, request.Url, request.ReceivedAt), (added.Method, added.PathToken, added.Query, added.Url, added.ReceivedAt));
        Assert.True(request.Body.Span.SequenceEqual(added.Body.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\r\n")]
    public void Blank_header_counts_as_absent(string value) => Assert.Null(Bare(("X-First", value)).Header("X-First"));

    [Fact]
    public void Value_of_a_header_is_not_trimmed() => Assert.Equal(" 1 ", Bare(("X-First", " 1 ")).Header("X-First"));

    private static WebhookRequest Bare(params (string Name, string Value)[] headers) => new()
    {
        Method = "POST",
        Headers = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.Ordinal),
        ReceivedAt = Given.Arrival,
    };
}
