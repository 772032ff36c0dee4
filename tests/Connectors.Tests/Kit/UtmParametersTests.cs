using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class UtmParametersTests
{
    [Fact]
    public void All_five_are_read_from_a_link() => Assert.Equal(
        new Attribution { Source = "letter", Medium = "e-mail", Campaign = "Grüße & mehr", Term = "clay", Content = "top" },
        UtmParameters.OfLink("https://shop.example/a?x=1&utm_source=letter&utm_medium=e-mail&utm_campaign=Gr%C3%BC%C3%9Fe+%26+mehr&utm_term=clay&utm_content=top#utm_source=other"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://shop.example/")]
    [InlineData("https://shop.example/?")]
    [InlineData("https://shop.example/?utm_source")]
    [InlineData("https://shop.example/?utm_source=&utm_medium=%20")]
    [InlineData("https://shop.example/?UTM_SOURCE=letter")]
    [InlineData("https://shop.example/?utm_source=%00")]
    [InlineData("https://shop.example/?utm_source=%FF")]
    [InlineData("https://shop.example/#?utm_source=letter")]
    [InlineData("mailto:zoe@example.com")]
    public void Link_without_a_campaign_tells_none(string? url) => Assert.Null(UtmParameters.OfLink(url));

    [Fact]
    public void Values_by_name_are_read_from_anywhere() =>
        Assert.Equal(new Attribution { Campaign = "spring" }, UtmParameters.Of(name => name == "utm_campaign" ? "spring" : null));
}
