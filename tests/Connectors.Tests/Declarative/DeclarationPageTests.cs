using System.Text.RegularExpressions;
using IntegrationHub.Connectors.Tests.Conformance;
using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Tests.Declarative;

/// <summary>What docs/declarative-connectors.md shows is so.</summary>
public sealed partial class DeclarationPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(VendorFolder.Root, "..", "..", "docs", "declarative-connectors.md"));

    public static TheoryData<string, string> Expressions
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (Match row in Row().Matches(Page[Page.IndexOf("<!-- expressions -->", StringComparison.Ordinal)..])) rows.Add(row.Groups["expression"].Value, row.Groups["gives"].Value.Trim('`'));
            return rows;
        }
    }

    [Theory, MemberData(nameof(Expressions))]
    public void Expression_gives_what_the_page_says(string expression, string gives) =>
        Assert.Equal(gives == "unknown" ? null : gives, Declared.Give(expression, Block("body"), headers: ("X-Paperboat-Shop", "stockholm")));

    [Fact]
    public void Every_step_and_source_has_an_example()
    {
        var shown = string.Concat(Expressions.Select(row => row[0]));
        string[] elsewhere = ["setting"];
        var known = Names().Matches(Page[Page.IndexOf("### Expressions", StringComparison.Ordinal)..]).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var name in Steps().Except(elsewhere)) Assert.True(shown.Contains($"\"{name}\"", StringComparison.Ordinal), $"{name} has no example.");
        Assert.Superset(elsewhere.ToHashSet(), known);
    }

    [Fact]
    public void Declaration_of_the_page_tells_the_order_and_the_consent()
    {
        var source = Declared.Source(Declared.Read(Block("declaration"), "paperboat.connector.json"), """{"webhookSecret": "s"}""");
        var events = Assert.IsType<Normalization.Events>(Normalization.Run(source, Declared.Delivery(Block("body")))).Facts;
        Assert.Equal(["orders/P-1042/placed", "customers/5512/newsletter/2026-11-21T09:00:00Z"], events.Select(fact => fact.Key));
        var order = Assert.IsType<OrderPlaced>(events[0].Event);
        Assert.Equal((49.50m, "EUR", 2, 19.90m), (order.Total!.Amount, order.Total.Currency, order.Items.Count, order.Items[0].UnitPrice!.Amount));
        Assert.Equal(["gift", "b2b"], order.Person.Tags);
        Assert.Equal(ConsentState.Granted, Assert.IsType<ConsentChanged>(events[1].Event).State);
        Assert.All(events, fact => Assert.Equal(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero), fact.Event.OccurredAt));
    }

    [Fact]
    public void Error_of_the_page_is_what_a_typo_gives()
    {
        var errors = Regex.Matches(Page, @"^paperboat\.connector\.json:(.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        var text = Block("declaration").Replace("\"orderId\": ", "\"orderID\": ", StringComparison.Ordinal);
        Assert.Equal(errors, Declared.Errors(text, "paperboat.connector.json").Split('\n'));
    }

    private static IEnumerable<string> Steps() =>
        Regex.Matches(IntegrationHub.Connectors.Declarative.DeclarationSchema.Document(_ => null).SelectToken("definitions.step")!.ToString(), "\"enum\": \\[(?<names>[^\\]]+)\\]|\"required\": \\[\\s*\"(?<name>\\w+)\"")
            .SelectMany(match => match.Groups["name"].Success ? [match.Groups["name"].Value] : Names().Matches(match.Groups["names"].Value).Select(name => name.Value));

    private static string Block(string name) =>
        Regex.Match(Page, $"<!-- {name} -->\\s*```json\\n(.*?)```", RegexOptions.Singleline) is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException($"The page has no {name}.");

    [GeneratedRegex(@"^\| `(?<expression>[^`]+)` \| (?<gives>`[^`]+`|unknown) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Names();
}
