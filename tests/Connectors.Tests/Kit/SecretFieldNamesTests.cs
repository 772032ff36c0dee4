namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class SecretFieldNamesTests
{
    [Theory]
    [InlineData("password", true)]
    [InlineData("Password_Confirmation", true)]
    [InlineData("account-passwort", true)]
    [InlineData("user[new_password]", true)]
    [InlineData("card_number", true)]
    [InlineData("CVC", true)]
    [InlineData("authenticity_token", true)]
    [InlineData("g-recaptcha-response", true)]
    [InlineData("email", false)]
    [InlineData("passport_country", false)]
    [InlineData("card", false)]
    [InlineData("", false)]
    public void Name_tells_whether_the_field_holds_a_secret(string name, bool isSecret) => Assert.Equal(isSecret, SecretFieldNames.Contains(name));
}
