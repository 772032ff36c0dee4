using Newtonsoft.Json.Linq;
using static IntegrationHub.Connectors.Declarative.DeclarationSchema;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>The schema of expressions, steps and conditions.</summary>
internal static class ExpressionSchema
{
    public static IEnumerable<JProperty> Definitions() =>
    [
        new("path", Described("A place in the body ($.lead.email) or in the item (@.title).", new JObject { ["type"] = "string", ["pattern"] = @"^[$@]($|[.\[])" })),
        new("paths", Described("A path, or several of which the first that leads anywhere counts.", OneOrMany(Refer("path")))),
        new("expression", Expression()),
        new("step", AnyOf([Enum(StepReader.Kinds.Values.Where(kind => kind.Argument is null || kind.CanStandAlone).Select(kind => kind.Name)), .. StepReader.Kinds.Values.Where(kind => kind.Argument is not null).Select(Step)])),
        new("condition", Condition()),
    ];

    private static JObject Expression() => Described("A path ($.a.b), a named value ($name), a template ({$.a}/{$name}), a constant, or an object. Several in a list count all.", AnyOf(
    [
        new JObject { ["type"] = new JArray("string", "number", "boolean") },
        new JObject { ["type"] = "array", ["items"] = Refer("expression") },
        Source("from", "Where it comes from.", Refer("expression")),
        Source("firstOf", "The first of these that is known.", ListOf(Refer("expression"))),
        Source("constant", "A text as it is, also when it begins with $ or @.", new JObject { ["type"] = new JArray("string", "number", "boolean") }),
        Source("setting", "A setting of the connection.", Text()),
        Source("header", "A header of the request.", Text()),
        Source("named", "A member by one of these names; case, blanks, dashes and underscores don't matter.", OneOrMany(Text()), new JProperty("in", Refer("paths"))),
    ]));

    private static JObject Source(string name, string description, JObject schema, params JProperty[] further) =>
        Closed(new JObject([new JProperty(name, Described(description, schema)), .. further, new JProperty("steps", new JObject { ["type"] = "array", ["items"] = Refer("step") })]), name);

    private static JObject Step(StepKind kind)
    {
        var argument = kind.Argument switch
        {
            "integer" => new JObject { ["type"] = "integer" },
            "texts" => OneOrMany(Text()),
            "map" => ByName(new JObject { ["type"] = "string" }),
            _ => new JObject { ["type"] = "string" },
        };
        return Closed(new JObject([new JProperty(kind.Name, Described(kind.Summary, argument)), .. kind.Options.Select(option => new JProperty(option, Option(option)))]), kind.Name);
    }

    private static JObject Option(string name) => name switch
    {
        "group" => Described("Number of the group to take; the first when it is left out.", new JObject { ["type"] = "integer", ["minimum"] = 0 }),
        "zone" => Described("IANA time zone, or a setting that tells it.", AnyOf(Text(), Closed(new JObject { ["setting"] = Text() }, "setting"))),
        _ => Described("What counts where nothing stands for it.", new JObject { ["type"] = "string" }),
    };

    private static JObject Condition() => Described("An expression holds when it is known; value compares it, without regard to case.", AnyOf(
    [
        Closed(new JObject { ["value"] = Refer("expression"), ["is"] = Refer("expression") }, "value", "is"),
        Closed(new JObject { ["value"] = Refer("expression"), ["in"] = Refer("expression") }, "value", "in"),
        Closed(new JObject { ["not"] = Refer("condition") }, "not"),
        Closed(new JObject { ["all"] = ListOf(Refer("condition")) }, "all"),
        Closed(new JObject { ["any"] = ListOf(Refer("condition")) }, "any"),
        Refer("expression"),
    ]));
}
