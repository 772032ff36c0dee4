using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class HandshakesTests
{
    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("POST", false)]
    [InlineData("PUT", false)]
    [InlineData("OPTIONS", false)]
    [InlineData("get", false)]
    public void Probe_is_answered_with_an_empty_200(string method, bool isAnswered)
    {
        var verification = Handshakes.AnswerProbe(Given.Post() with { Method = method });
        if (!isAnswered)
        {
            Assert.Null(verification);
            return;
        }
        var reply = Assert.IsType<Verification.Handshake>(verification).Reply;
        Assert.Equal((200, (string?)null, 0), (reply.StatusCode, reply.ContentType, reply.Body.Length));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "hook=11")]
    [InlineData("Application/X-WWW-Form-Urlencoded; charset=UTF-8", "hook=0")]
    [InlineData("application/x-www-form-urlencoded", "hook=9223372036854775807")]
    public void Form_ping_is_answered_with_an_empty_200(string contentType, string body)
    {
        var reply = Assert.IsType<Verification.Handshake>(Handshakes.AnswerFormPing(Given.Post(body).WithHeader("Content-Type", contentType), "hook")).Reply;
        Assert.Equal((200, (string?)null, 0), (reply.StatusCode, reply.ContentType, reply.Body.Length));
    }

    [Theory]
    [InlineData("POST", "application/x-www-form-urlencoded", "")]
    [InlineData("POST", "application/x-www-form-urlencoded", "hook=")]
    [InlineData("POST", "application/x-www-form-urlencoded", "hook=11&email=zoe%40example.com")]
    [InlineData("POST", "application/x-www-form-urlencoded", "email=zoe%40example.com&hook=11")]
    [InlineData("POST", "application/x-www-form-urlencoded", "hook=1x")]
    [InlineData("POST", "application/x-www-form-urlencoded", "hook=-1")]
    [InlineData("POST", "application/x-www-form-urlencoded", "hook=11\n")]
    [InlineData("POST", "application/x-www-form-urlencoded", "hook=10000000000000000000")]
    [InlineData("POST", "application/x-www-form-urlencoded", "Hook=11")]
    [InlineData("POST", "application/x-www-form-urlencoded", "hook_id=11")]
    [InlineData("POST", "application/json", "hook=11")]
    [InlineData("POST", "", "hook=11")]
    [InlineData("GET", "application/x-www-form-urlencoded", "hook=11")]
    [InlineData("PUT", "application/x-www-form-urlencoded", "hook=11")]
    public void Anything_but_the_one_number_is_no_form_ping(string method, string contentType, string body) =>
        Assert.Null(Handshakes.AnswerFormPing(Given.Post(body).WithHeader("Content-Type", contentType) with { Method = method }, "hook"));

    [Theory]
    [InlineData("challenge=abc", "abc")]
    [InlineData("a=1&challenge=abc&b=2", "abc")]
    [InlineData("challenge=one%20two+three", "one two three")]
    [InlineData("challenge=1%2B1%3D2%26x", "1+1=2&x")]
    [InlineData("challenge=a=b", "a=b")]
    [InlineData("challenge=Zo%C3%AB", "Zoë")]
    [InlineData("ch%61llenge=abc", "abc")]
    [InlineData("challenge=first&challenge=second", "first")]
    [InlineData("challenge=", "")]
    [InlineData("challenge=%zz", "%zz")]
    public void Query_parameter_is_echoed_as_plain_text(string query, string expected)
    {
        var reply = Assert.IsType<Verification.Handshake>(Handshakes.EchoQuery(Given.Get(query), "challenge")).Reply;
        Assert.Equal((200, "text/plain; charset=utf-8", expected), (reply.StatusCode, reply.ContentType, Encoding.UTF8.GetString(reply.Body.Span)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("challenge")]
    [InlineData("Challenge=abc")]
    [InlineData("xchallenge=abc")]
    [InlineData("a=challenge")]
    [InlineData("&&=&")]
    public void Query_without_the_parameter_is_no_handshake(string query) => Assert.Null(Handshakes.EchoQuery(Given.Get(query), "challenge"));

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    public void Only_a_GET_echoes_its_query(string method) =>
        Assert.Null(Handshakes.EchoQuery(Given.Get("challenge=abc") with { Method = method }, "challenge"));

    [Fact]
    public void Member_of_the_body_is_echoed_as_plain_text()
    {
        var reply = Assert.IsType<Verification.Handshake>(Handshakes.EchoMember(Given.Post("""{"type":"url_verification","challenge":" Zo\u00eb "}"""), "challenge")).Reply;
        Assert.Equal((200, "text/plain; charset=utf-8", " Zoë "), (reply.StatusCode, reply.ContentType, Encoding.UTF8.GetString(reply.Body.Span)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"challenge":7}""")]
    [InlineData("""{"challenge":""}""")]
    [InlineData("""{"data":{"challenge":"abc"}}""")]
    [InlineData("challenge=abc")]
    [InlineData("")]
    public void Body_without_the_member_is_no_handshake(string body) => Assert.Null(Handshakes.EchoMember(Given.Post(body), "challenge"));

    [Fact]
    public void Only_a_POST_echoes_its_body() =>
        Assert.Null(Handshakes.EchoMember(Given.Post("""{"challenge":"abc"}""") with { Method = "PUT" }, "challenge"));

    [Fact]
    public void Up_to_1024_characters_are_echoed()
    {
        Assert.NotNull(Handshakes.EchoMember(Given.Post($$"""{"challenge":"{{new string('x', 1024)}}"}"""), "challenge"));
        Assert.Null(Handshakes.EchoMember(Given.Post($$"""{"challenge":"{{new string('x', 1025)}}"}"""), "challenge"));
    }
}
