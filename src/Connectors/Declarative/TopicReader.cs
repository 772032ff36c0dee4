using IntegrationHub.Contracts;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Connectors.Declarative;

/// <summary>Reads what becomes of each topic: the reason why it is ignored, or the events that it tells.</summary>
internal sealed class TopicReader
{
    /// <summary>Members that all events can share.</summary>
    public static readonly IReadOnlyList<string> Shared = ["occurredAt", "person", "source", "attribution"];

    private readonly ExpressionReader expressions;
    private readonly ShapeReader shapes;
    private readonly ConditionReader conditions;
    private readonly Dictionary<string, Shape> shared = new(StringComparer.Ordinal);
    private readonly Expression? usualTime;

    /// <summary>Reads what the events share.</summary>
    public TopicReader(ExpressionReader expressions, JObject? defaults)
    {
        this.expressions = expressions;
        (shapes, conditions) = (new ShapeReader(expressions), new ConditionReader(expressions));
        if (defaults is null) return;
        Errors.RequireKnown(defaults, Shared);
        usualTime = defaults["occurredAt"] is { } time ? Time(time) : null;
        foreach (var member in ContractMembers.Of(typeof(ContactEvent)).Where(member => defaults.ContainsKey(ContractMembers.NameOf(member))))
        {
            var name = ContractMembers.NameOf(member);
            if (defaults[name] is { } token && shapes.Read(token, member) is { } shape) shared.Add(name, new SharedShape(shape));
        }
    }

    private DeclarationErrors Errors => expressions.Errors;

    public IReadOnlyList<DeclaredTopic> Read(JObject topics) => [.. topics.Properties().Select(Topic)];

    private DeclaredTopic Topic(JProperty topic)
    {
        if (string.IsNullOrWhiteSpace(topic.Name)) Errors.Add(topic, "is blank");
        switch (topic.Value)
        {
            case JValue { Value: string }:
                return new DeclaredTopic(topic.Name, Errors.Text(topic.Value) ?? "", []);
            case JObject single:
                return new DeclaredTopic(topic.Name, null, [.. new[] { Event(single) }.OfType<EventRule>()]);
            case JArray { Count: > 0 } several:
                return new DeclaredTopic(topic.Name, null, [.. several.Select(Errors.Object).OfType<JObject>().Select(Event).OfType<EventRule>()]);
            default:
                Errors.Add(topic.Value, "is neither an event, nor a list of events, nor the reason why the topic is ignored");
                return new DeclaredTopic(topic.Name, null, []);
        }
    }

    private EventRule? Event(JObject body)
    {
        if (body["event"] is not { } named)
        {
            Errors.Missing(body, "event", ": the contract event, such as FormSubmitted");
            return null;
        }
        if (Errors.Text(named) is not { } kind) return null;
        if (!ContractKinds.All.TryGetValue(kind, out var type))
        {
            Errors.Add(named, $"is not a contract event{SettingsBinder.Suggestion(kind, ContractKinds.All.Keys)}");
            return null;
        }
        if (body["except"] is { } except && body["forEach"] is null) Errors.Add(except, "has no meaning without forEach");
        var items = body["forEach"] is { } paths ? shapes.Items(paths, body["except"]) : null;
        return body["forEach"] is null ? Rule(body, type, null) : expressions.Inside(() => Rule(body, type, items));
    }

    private EventRule? Rule(JObject body, Type type, ItemSource? items)
    {
        var contract = shapes.Record(type, body, shared, EventRule.Words);
        var when = body["when"] is { } condition ? conditions.Read(condition) : null;
        var time = body["occurredAt"] is { } told ? Time(told) : usualTime;
        if (body["key"] is not { } named)
        {
            Errors.Missing(body, "key", ": it names the fact, such as \"leads/{$.id}/created\"");
            return null;
        }
        return expressions.Read(named) is { } key ? new EventRule { Contract = contract, Key = key, When = when, Items = items, OccurredAt = time } : null;
    }

    private Expression? Time(JToken token)
    {
        var expression = expressions.Read(token);
        foreach (var given in expression?.Given ?? []) Errors.Add(given.At, "is a fixed time; every event would have it");
        return expression;
    }
}

/// <summary>A topic of a declaration.</summary>
/// <param name="Name">The tool's word for it.</param>
/// <param name="Ignored">Why it is ignored; null when it is not.</param>
/// <param name="Events">What it tells.</param>
internal sealed record DeclaredTopic(string Name, string? Ignored, IReadOnlyList<EventRule> Events);
