using System.Reflection;
using IntegrationHub.Contracts;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>JSON Schema (draft 7) of a declaration, for editors: completion, explanations and typos while one writes. What counts is what <see cref="Declaration.Read"/> says.</summary>
public static class DeclarationSchema
{
    /// <summary>Name of the file in the data directory.</summary>
    public const string FileName = "declaration.schema.json";

    /// <summary>The schema.</summary>
    /// <param name="describe">What the documentation says about a member of a contract, or null.</param>
    public static JObject Document(Func<PropertyInfo, string?> describe)
    {
        var contracts = new ContractSchema(describe);
        return new JObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "A connector of IntegrationHub, declared in a file",
            ["type"] = "object",
            ["properties"] = Properties(),
            ["required"] = new JArray("name", "category", "verify", "topic", "topics"),
            ["additionalProperties"] = false,
            ["definitions"] = new JObject(ExpressionSchema.Definitions().Concat(contracts.Definitions())),
        };
    }

    internal static JObject Refer(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    internal static JObject Described(string description, JObject schema)
    {
        schema.AddFirst(new JProperty("description", description));
        return schema;
    }

    internal static JObject Closed(JObject properties, params string[] required)
    {
        var schema = new JObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0) schema["required"] = new JArray(required);
        return schema;
    }

    internal static JObject OneOrMany(JObject schema) => AnyOf(schema, ListOf((JObject)schema.DeepClone()));

    internal static JObject ListOf(JObject schema) => new() { ["type"] = "array", ["items"] = schema, ["minItems"] = 1 };

    internal static JObject AnyOf(params IEnumerable<JObject> choices) => new() { ["anyOf"] = new JArray(choices) };

    internal static JObject Enum(IEnumerable<string> names) => new() { ["enum"] = new JArray(names) };

    internal static JObject Text() => new() { ["type"] = "string", ["pattern"] = @"\S" };

    internal static JObject ByName(JObject schema) => new() { ["type"] = "object", ["additionalProperties"] = schema };

    private static JObject Properties() => new()
    {
        ["$schema"] = new JObject { ["type"] = "string" },
        ["name"] = Described("The tool's name as people write it.", Text()),
        ["category"] = Described("What kind of tool it is.", Enum(Conversion.Names(typeof(ConnectorCategory)))),
        ["documentation"] = Described("Where the tool describes its webhooks.", new JObject { ["type"] = "string", ["pattern"] = "^https?:" }),
        ["settings"] = Described("Settings that each connection can have besides the usual ones.", ByName(Setting())),
        ["verify"] = Described("How the tool proves that a delivery is its own.", Verify()),
        ["handshakes"] = Described("How probes are answered before there are events.", OneOrMany(Handshake())),
        ["body"] = Described("How bodies are written. With both, the content type decides.", OneOrMany(Enum(BodyFormat.Names))),
        ["jsonFields"] = Described("Fields of a form that hold JSON.", OneOrMany(Text())),
        ["batch"] = Described("Where a list stands whose items are deliveries of their own.", Refer("path")),
        ["values"] = Described("Named values: written $name elsewhere. Each can use those above it.", new JObject
        {
            ["type"] = "object", ["patternProperties"] = new JObject { ["^[A-Za-z][A-Za-z0-9]*$"] = Refer("expression") }, ["additionalProperties"] = false,
        }),
        ["deliveryId"] = Described("The tool's id of a delivery, the same when it is sent again. Without one the body tells them apart.", Refer("expression")),
        ["topic"] = Described("What a delivery is about: one of the topics.", Refer("expression")),
        ["defaults"] = Described("What all events have unless they say otherwise.", Closed(ContractSchema.Shared())),
        ["topics"] = Described("What becomes of each topic: events, or the reason why it is ignored.", ByName(AnyOf(Text(), Refer("event"), ListOf(Refer("event"))))),
        ["simulate"] = Described($"Deliveries to be made up. Placeholders: {string.Join(", ", Placeholders.Names.Select(name => $"{{{name}}}"))}; #{{number}} alone is a number.", ListOf(Closed(new JObject
        {
            ["headers"] = ByName(Text()), ["body"] = new JObject { ["type"] = new JArray("object", "array") },
        }, "body"))),
    };

    private static JObject Setting() => Closed(new JObject
    {
        ["type"] = Enum(DeclaredSetting.Types.Keys),
        ["description"] = Described("What it is for.", Text()),
        ["required"] = new JObject { ["type"] = "boolean" },
        ["default"] = new JObject { ["type"] = new JArray("string", "array", "object") },
        ["pattern"] = Described("Regular expression that a text must match.", Text()),
        ["choices"] = OneOrMany(Text()),
    }, "type", "description");

    private static JObject Verify() => AnyOf(
        Closed(new JObject { ["hmac"] = Hmac() }, "hmac"),
        Closed(new JObject { ["token"] = Token() }, "token"),
        Closed(new JObject
        {
            ["oneOf"] = Described("Proofs by name; the setting proof of a connection chooses, and the first is usual.",
                ByName(AnyOf(Closed(new JObject { ["hmac"] = Hmac() }, "hmac"), Closed(new JObject { ["token"] = Token() }, "token")))),
        }, "oneOf"));

    private static JObject Hmac() => Described("A shared secret signs.", Closed(new JObject
    {
        ["header"] = Described("The header that carries the signature.", Header()),
        ["algorithm"] = Enum(ProofReader.Algorithms.Keys),
        ["encoding"] = Enum(Conversion.Names(typeof(SignatureEncoding))),
        ["layout"] = Described("timestamped: the header is t=…,v1=….", Enum(Conversion.Names(typeof(SignatureLayout)))),
        ["prefix"] = Described("Text before the digest, such as sha256=.", new JObject { ["type"] = "string" }),
        ["signed"] = Described("What is signed: {body} once, {header:NAME}, and {seconds:NAME}, {milliseconds:NAME} or {date:NAME} for a time. {body} when it is left out.",
            new JObject { ["type"] = "string", ["pattern"] = @"\{body\}" }),
        ["toleranceSeconds"] = Described("How far the signed time may be off. 300 when it is left out.", new JObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 3600 }),
    }, "header"));

    private static JObject Token() => Described("A secret in the address or as the password of basic authentication, or in a header.",
        Closed(new JObject { ["header"] = Described("The header that carries the secret.", Header()) }));

    private static JObject Header() => new() { ["type"] = "string", ["pattern"] = "^[A-Za-z0-9-]+$" };

    private static JObject Handshake() => AnyOf(
        Enum(["probe"]),
        Closed(new JObject { ["echoQuery"] = Text() }, "echoQuery"),
        Closed(new JObject { ["echoMember"] = Text() }, "echoMember"));
}
