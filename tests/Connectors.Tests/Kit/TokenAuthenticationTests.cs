using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class TokenAuthenticationTests
{
    private const string Token = "tok_9fK2";

    private static readonly Verification None = Verification.Reject("the address carries no token, and there is no basic authentication");
    private static readonly Verification Mismatch = Verification.Reject("the token does not match");

    [Fact]
    public void Token_of_the_address_is_accepted() =>
        Assert.Equal(Verification.Accept, Of(Token).Verify(Given.Post() with { PathToken = Token }));

    [Fact]
    public void Every_token_of_a_rotation_is_accepted_and_the_first_signs()
    {
        var rotating = Of("new", "old");
        Assert.Equal(Verification.Accept, rotating.Verify(Given.Post() with { PathToken = "new" }));
        Assert.Equal(Verification.Accept, rotating.Verify(Given.Post() with { PathToken = "old" }));
        Assert.Equal(Mismatch, rotating.Verify(Given.Post() with { PathToken = "older" }));
        Assert.Equal("new", rotating.Sign(Given.Post()).PathToken);
        Assert.Equal(Verification.Accept, rotating.Verify(rotating.Sign(Given.Post())));
    }

    [Theory]
    [InlineData("tok_9fK")]
    [InlineData("tok_9fK2x")]
    [InlineData("TOK_9FK2")]
    [InlineData(" tok_9fK2")]
    [InlineData("tok_9fK2 ")]
    [InlineData("tok%5F9fK2")]
    [InlineData("x")]
    public void Any_other_token_of_the_address_does_not_match(string token) =>
        Assert.Equal(Mismatch, Of(Token).Verify(Given.Post() with { PathToken = token }));

    [Theory]
    [InlineData("hub:tok_9fK2")]
    [InlineData(":tok_9fK2")]
    [InlineData("Zoë@example.com:tok_9fK2")]
    public void Password_of_basic_authentication_is_accepted_whoever_the_user_is(string credentials) =>
        Assert.Equal(Verification.Accept, Of(Token).Verify(Basic(credentials)));

    [Theory]
    [InlineData("a:b:c", "user:a:b:c")]
    [InlineData(":", "user::")]
    [InlineData("nøkkel-鍵-😀", "user:nøkkel-鍵-😀")]
    [InlineData("with blank", "user:with blank")]
    public void Password_holds_what_follows_the_first_colon(string token, string credentials)
    {
        Assert.Equal(Verification.Accept, Of(token).Verify(Basic(credentials)));
        Assert.Equal(Mismatch, Of(token).Verify(Basic(credentials + "x")));
    }

    [Theory]
    [InlineData("basic")]
    [InlineData("BASIC")]
    [InlineData("Basic ")]
    public void Scheme_is_read_in_any_case_with_blanks_after_it(string scheme) =>
        Assert.Equal(Verification.Accept, Of(Token).Verify(Given.Post().WithHeader("authorization", $"{scheme} {Base64($"u:{Token}")} ")));

    [Theory]
    [InlineData("Bearer {0}")]
    [InlineData("Digest {0}")]
    [InlineData("Basic{0}")]
    [InlineData("{0}")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic =")]
    [InlineData("Basic !!!!")]
    [InlineData("Basic {0}, Basic {0}")]
    [InlineData("Basic {0}=")]
    [InlineData("Basic username=\"u\", password=\"tok_9fK2\"")]
    [InlineData("Basic tok_9fK2")]
    [InlineData("Basic u:tok_9fK2")]
    [InlineData("")]
    [InlineData("\u0001")]
    public void Anything_but_well_formed_basic_authentication_counts_as_none(string format)
    {
        var header = format.Replace("{0}", Base64($"u:{Token}"), StringComparison.Ordinal);
        Assert.Equal(None, Of(Token).Verify(Given.Post().WithHeader("Authorization", header)));
    }

    [Theory]
    [InlineData("tok_9fK2")]
    [InlineData("")]
    [InlineData("user:")]
    public void Credentials_without_colon_or_password_count_as_none(string credentials) =>
        Assert.Equal(None, Of(Token).Verify(Basic(credentials)));

    [Fact]
    public void Credentials_that_are_not_utf8_do_not_match() =>
        Assert.Equal(Mismatch, Of("nøkkel").Verify(Given.Post().WithHeader("Authorization", "Basic " + Convert.ToBase64String(Encoding.Latin1.GetBytes("u:nøkkel")))));

    [Fact]
    public void No_token_at_all_is_rejected()
    {
        Assert.Equal(None, Of(Token).Verify(Given.Post()));
        Assert.Equal(None, Of(Token).Verify(Given.Post() with { PathToken = "" }));
    }

    [Fact]
    public void Token_of_the_address_comes_before_basic_authentication() =>
        Assert.Equal(Mismatch, Of(Token).Verify(Basic($"u:{Token}") with { PathToken = "wrong" }));

    [Fact]
    public void Headers_and_query_are_no_token() =>
        Assert.Equal(None, Of(Token).Verify(Given.Post(Token).WithHeader("X-Token", Token) with { Query = $"token={Token}" }));

    [Fact]
    public void Long_and_random_tokens_are_never_accepted()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var letters = Token.ToCharArray();
            letters[random.Next(letters.Length)] = (char)random.Next(1, 0x250);
            var given = new string(letters);
            if (given == Token) continue;
            Assert.Equal(Mismatch, Of(Token).Verify(Given.Post() with { PathToken = given }));
        }
        Assert.Equal(Mismatch, Of(Token).Verify(Given.Post() with { PathToken = new string('a', 1_000_000) }));
    }

    [Theory]
    [InlineData("url=https://hub.example.com/webhooks/forms/tok_9fK2", "url=https://hub.example.com/webhooks/forms/********")]
    [InlineData("{\"url\":\"https:\\/\\/hub.example.com\\/webhooks\\/forms\\/tok_9fK2\"}", "{\"url\":\"https:\\/\\/hub.example.com\\/webhooks\\/forms\\/********\"}")]
    [InlineData("url=https%3A%2F%2Fhub.example.com%2Fwebhooks%2Fforms%2Ftok_9fK2&a=1", "url=https%3A%2F%2Fhub.example.com%2Fwebhooks%2Fforms%2F********&a=1")]
    [InlineData("https://hub:tok_9fK2@hub.example.com https%3a%2f%2fhub%3atok_9fK2%40hub.example.com", "https://hub:********@hub.example.com https%3a%2f%2fhub%3a********%40hub.example.com")]
    [InlineData("/tok_9fK2?a=1 /tok_9fK2/ /old_token", "/********?a=1 /********/ /*********")]
    public void Token_is_blanked_where_a_tool_echoes_the_address(string body, string kept) =>
        Assert.Equal(kept, Encoding.UTF8.GetString(Of(Token, "old_token").WithoutProof(Encoding.UTF8.GetBytes(body)).Span));

    [Theory]
    [InlineData("tok_9fK2")]
    [InlineData("answer=tok_9fK2")]
    [InlineData("/tok_9fK2x /tok_9fK2-1 /tok_9fK2_ /xtok_9fK2 /TOK_9FK2")]
    [InlineData("")]
    public void Word_that_happens_to_be_the_token_stays(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        Assert.Equal(body, Of(Token).WithoutProof(body).ToArray());
    }

    [Fact]
    public void Token_with_letters_that_an_address_escapes_is_blanked_in_both_spellings() =>
        Assert.Equal("/** /****** Zoë", Encoding.UTF8.GetString(Of("ë").WithoutProof("/ë /%C3%AB Zoë"u8.ToArray()).Span));

    [Fact]
    public void Received_bytes_are_not_changed()
    {
        var body = "/tok_9fK2"u8.ToArray();
        Of(Token).WithoutProof(body);
        Assert.Equal("/tok_9fK2"u8.ToArray(), body);
        Assert.Equal(body, new HmacAuthentication(new Secrets(Token)) { Header = "X-Signature" }.WithoutProof(body).ToArray());
    }

    [Fact]
    public void There_is_no_replay_window_and_a_description()
    {
        Assert.Null(Of(Token).ReplayWindow);
        Assert.Equal("secret in the address, or basic authentication", Of(Token).Description);
    }

    private static TokenAuthentication Of(params string[] tokens) => new(new Secrets(tokens));

    private static WebhookRequest Basic(string credentials) => Given.Post().WithHeader("Authorization", $"Basic {Base64(credentials)}");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
