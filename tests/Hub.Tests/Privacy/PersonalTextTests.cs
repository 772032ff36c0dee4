using System.Text;
using IntegrationHub.Hub.Privacy;

namespace IntegrationHub.Hub.Tests.Privacy;

public sealed class PersonalTextTests
{
    private static readonly PersonalText Text = new(["zoe+shop@example.com", "+49 221 5550142", "+492215550142", "Łucja@bücher.example"]);

    [Theory]
    [InlineData("""{"email":"zoe+shop@example.com"}""")]
    [InlineData("""{"email":"ZOE+Shop@Example.COM"}""")]
    [InlineData("""{"email":"zoe\u002Bshop\u0040example.com"}""")]
    [InlineData("email=zoe%2Bshop%40example.com&x=1")]
    [InlineData("x=1&EMAIL=zoe%2bshop%40example%2ecom")]
    [InlineData("to=mailto:zoe+shop@example.com")]
    [InlineData("""payload=%7B%22email%22%3A%22zoe%5Cu002Bshop%40example.com%22%7D""")]
    [InlineData("""{"inner":"{\"email\":\"zoe\\u002Bshop@example.com\"}"}""")]
    [InlineData("""{"text":"Write to\nzoe+shop@example.com."}""")]
    [InlineData("""{"phone":"+49 221 5550142"}""")]
    [InlineData("phone=%2B49+221+5550142")]
    [InlineData("phone=%2B492215550142")]
    [InlineData("""{"email":"\u0141ucja@b\u00fccher.example"}""")]
    [InlineData("email=%C5%82ucja%40b%C3%BCcher.example")]
    [InlineData("""{"broken": "zoe+shop@example.com""")]
    public void Value_is_found_as_tools_write_it(string body) => Assert.True(Text.IsIn(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("""{"email":"maria.zoe+shop@example.com"}""")]
    [InlineData("""{"email":"zoe+shop@example.company"}""")]
    [InlineData("""{"email":"zoe@example.com"}""")]
    [InlineData("""{"phone":"+4922155501421"}""")]
    [InlineData("")]
    public void Value_of_somebody_else_is_not_taken_for_it(string body) => Assert.False(Text.IsIn(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Without_values_nothing_is_found() => Assert.False(new PersonalText(["", " "]).IsIn("anything"));
}
