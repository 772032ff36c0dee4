using System.Text.RegularExpressions;
using IntegrationHub.Connectors.Declarative;
using IntegrationHub.Hub.Configuration;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace IntegrationHub.Hub.Tests.Configuration;

public sealed class DeclarationSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromJsonAsync(DeclarationSchema.Document(new SettingDescriptions().Of).ToString()).Result;

    public static TheoryData<string> Declarations =>
        [.. Directory.GetFiles(Path.Combine(TestHub.RepositoryRoot, "src", "Connectors"), "*" + Declaration.FileSuffix, SearchOption.AllDirectories)
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)).Select(file => Path.GetFileName(file))];

    [Theory, MemberData(nameof(Declarations))]
    public void Declaration_that_comes_with_the_hub_is_valid(string name) => Assert.Equal([], Schema.Validate(JObject.Parse(Text(name))).Select(error => $"{error.Path}: {error.Kind}"));

    [Fact]
    public void Example_of_the_page_is_valid_and_can_be_loaded()
    {
        Assert.Equal([], Schema.Validate(JObject.Parse(Example)).Select(error => $"{error.Path}: {error.Kind}"));
        Assert.NotNull(Declaration.Read("paperboat.connector.json", JObject.Parse(Example), out _));
    }

    [Theory]
    [InlineData("\"orderId\"", "\"orderID\"")]
    [InlineData("\"OrderPlaced\"", "\"OrderPlacd\"")]
    [InlineData("\"identifiers\"", "\"identifier\"")]
    [InlineData("\"customer\": \"$", "\"custmer\": \"$")]
    [InlineData("\"minorUnits\": \"@", "\"minorUnit\": \"@")]
    [InlineData("\"epochSeconds\"", "\"epochSecond\"")]
    [InlineData("\"lower\"", "\"lowr\"")]
    [InlineData("\"split\"", "\"splitt\"")]
    [InlineData("\"map\"", "\"mapp\"")]
    [InlineData("\"from\"", "\"form\"")]
    [InlineData("\"prefix\"", "\"prefx\"")]
    [InlineData("\"hmac\"", "\"none\"")]
    [InlineData("\"ecommerce\"", "\"shop\"")]
    [InlineData("\"topics\"", "\"topic s\"")]
    [InlineData("\"when\"", "\"wenn\"")]
    [InlineData("\"each\"", "\"eech\"")]
    public void What_can_not_be_loaded_is_marked_in_the_editor_too(string text, string mistake)
    {
        Assert.Contains(text, Example, StringComparison.Ordinal);
        var document = JObject.Parse(Example.Replace(text, mistake, StringComparison.Ordinal));
        Assert.Null(Declaration.Read("paperboat.connector.json", document, out _));
        Assert.NotEmpty(Schema.Validate(document));
    }

    [Fact]
    public void Members_of_contracts_are_explained() =>
        Assert.Equal("The vendor's id of the order, unique within the connection.", (string?)DeclarationSchema.Document(new SettingDescriptions().Of).SelectToken("definitions.OrderPlaced.properties.orderId.description"));

    private static string Example => Regex.Match(File.ReadAllText(Path.Combine(TestHub.RepositoryRoot, "docs", "declarative-connectors.md")), "<!-- declaration -->\\s*```json\\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    private static string Text(string name) =>
        File.ReadAllText(Directory.GetFiles(Path.Combine(TestHub.RepositoryRoot, "src", "Connectors"), name, SearchOption.AllDirectories).First());
}
