using System.Reflection;
using System.Text.Json;

namespace IntegrationHub.Contracts.Tests;

public sealed class ShapeTests
{
    private const string Accept = "HUB_ACCEPT_SHAPES";

    private static readonly string ShapesFile = typeof(ShapeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ShapesFile").Value!;

    private static Shape Current => Shape.Of(ContractJson.Default.Options, Contracts.All);

    [Fact]
    public void Contracts_have_the_shape_that_is_committed()
    {
        if (Environment.GetEnvironmentVariable(Accept) == "1") File.WriteAllText(ShapesFile, string.Join('\n', Current.Lines) + "\n");
        var changes = Shape.Parse(File.ReadAllLines(ShapesFile)).ChangesIn(Current);
        Assert.True(changes.Count == 0, $"""
            The contracts have another shape than Shapes.txt says:
              {string.Join("\n  ", changes)}
            Contracts change by addition only: a rename is a new message, and a new member is never required.
            When the change is meant, run this test once with {Accept}=1, which rewrites Shapes.txt, and commit the file.
            """);
    }

    [Fact]
    public void Shapes_file_is_sorted_and_names_every_contract()
    {
        var lines = File.ReadAllLines(ShapesFile);
        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
        Assert.Equal([], Contracts.All.Select(type => type.Name).Where(name => !lines.Any(line => line.StartsWith(name + ".", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("A.a: text", "", "A.a was removed or renamed; it was text")]
    [InlineData("A.a: text", "A.b: text", "A.a was removed or renamed; it was text|A.b was added as text")]
    [InlineData("A.a: text", "A.a: number", "A.a was text and is number")]
    [InlineData("A.a: text or null", "A.a: text", "A.a was text or null and is text")]
    [InlineData("A.a: text", "A.a: text, required", "A.a became required: it was text and is text, required")]
    [InlineData("A.a: text, required", "A.a: text", "A.a was text, required and is text")]
    [InlineData("A.a: text", "A.a: text|A.b: text or null", "A.b was added as text or null")]
    [InlineData("A.a: text", "A.a: text|A.b: text, required", "A.b was added as text, required: older messages lack it")]
    [InlineData("E.hard: a name|E.soft: a name", "E.hard: a name", "E.soft was removed or renamed; it was a name")]
    [InlineData("A.a: text", "A.a: text", "")]
    public void Every_change_is_told_in_words(string before, string after, string changes) =>
        Assert.Equal(Lines(changes), Shape.Parse(Lines(before)).ChangesIn(Shape.Parse(Lines(after))));

    [Fact]
    public void Lists_maps_enums_and_absent_values_have_their_words()
    {
        var lines = Current.Lines.ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "OrderPlaced.orderId: text, required",
                "OrderPlaced.items: list of OrderItem",
                "OrderPlaced.payment: PaymentStatus or null",
                "OrderPlaced.placedAt: time or null",
                "OrderItem.quantity: number",
                "PaymentStatus.voided: a name",
                "Person.birthDate: date or null",
                "Person.custom: map of text",
                "ContactChanged.version: whole number, required",
                "ContactsMerged.mergedContactIds: list of uuid, required",
            },
            lines);
    }

    [Theory, MemberData(nameof(Contracts.Kinds), MemberType = typeof(Contracts))]
    public void Serializer_writes_the_members_of_the_shape(string kind)
    {
        using var json = JsonDocument.Parse(ContractJson.Serialize((ContactEvent)Filled.Of(ContractKinds.All[kind])));
        Assert.Equal(Current.MembersOf(kind), json.RootElement.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Contracts.HubMessageNames), MemberType = typeof(Contracts))]
    public void Serializer_writes_the_members_of_a_hub_message(string name)
    {
        var type = Contracts.HubMessages.Single(message => message.Name == name);
        using var json = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(Filled.Of(type), type, ContractJson.Default));
        Assert.Equal(Current.MembersOf(name), json.RootElement.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    private static string[] Lines(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries);
}
