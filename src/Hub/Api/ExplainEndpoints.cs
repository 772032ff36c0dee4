using System.Text.Json;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Contacts;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;

namespace IntegrationHub.Hub.Api;

/// <summary>Why a contact is as it is: its fields, its identifiers, and that it is one person.</summary>
internal sealed class ExplainEndpoints(IDatabase database, ConfigurationSource configuration)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/contacts/{id:guid}/explain", ExplainLinks).WithSummary("Why a contact is one person: the events and decisions that tie its identifiers together, all or from one to another").Needs(Role.Viewer)
            .Produces(200, contentType: "application/json").ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/contacts/{id:guid}/explain/{**what}", Explain).WithSummary("Why a field, consent.<channel>, suppression, tags.<tag> or an identifier is as it is: the event, the rule, and what lost").Needs(Role.Viewer)
            .Produces(200, contentType: "application/json").ProducesProblem(400).ProducesProblem(404);
    }

    private IResult Explain(Guid id, string what, string? format)
    {
        if (ProblemWith(format) is { } problem) return problem;
        // A slash within a path stays escaped, so that it does not part it.
        var asked = what.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return database.Read(session =>
        {
            if (ContactStory.Read(session, id, configuration.Current) is not { } story) return Missing();
            if ((FieldExplanation.Of(asked, story) ?? MarkExplanation.Of(asked, story)) is { } claim) return Answer(format, claim.Write, claim.ToString);
            return asked.Contains(':', StringComparison.Ordinal) && !IsMember(asked) ? ExplainIdentifier(session, story, asked, format) : Untold(asked);
        });
    }

    private static IResult ExplainIdentifier(DbSession session, ContactStory story, string asked, string? format)
    {
        var (identifier, connection, problem) = IdentifierText.Parse(asked);
        if (identifier is null) return Pages.Problem(problem ?? "The identifier can't be read.");
        if (IdentifierExplanation.Of(session, story, identifier, connection) is { } explanation) return Answer(format, explanation.Write, explanation.ToString);
        var standing = story.Rules.Node(identifier, connection) is { } node ? IdentifierStanding.Of(session, node.Name, story.Configuration) : null;
        return Results.Problem(statusCode: 404, detail: $"No event of this contact names this identifier{(standing?.ContactId is { } owner ? $"; contact {owner} has it" : "")}.");
    }

    private IResult ExplainLinks(Guid id, string? from, string? to, string? format)
    {
        if (ProblemWith(format) is { } problem) return problem;
        if (from is null != to is null) return Pages.Problem("Give both from and to, or neither.");
        return database.Read(session =>
        {
            if (ContactStory.Read(session, id, configuration.Current) is not { } story) return Missing();
            if (from is null || to is null) return All(story, format);
            var (one, badFrom) = Node(session, story, "from", from);
            if (one is null) return Pages.Problem(badFrom);
            var (other, badTo) = Node(session, story, "to", to);
            if (other is null) return Pages.Problem(badTo);
            return Between(story, one, other, format);
        });
    }

    private static IResult All(ContactStory story, string? format)
    {
        var ties = new ContactLinks(story).Forest();
        return Answer(format, writer => Write(writer, ties, ("contact", story.Contact.Row.Id.ToString())),
            () => ContactLinks.Text(ties.Count == 0 ? "Nothing is tied together: the contact has one identifier." : "They are one person:", ties));
    }

    private static IResult Between(ContactStory story, string one, string other, string? format)
    {
        if (new ContactLinks(story).Chain(one, other) is not { } chain) return Pages.Problem("Nothing joins from and to any more under today's connectors file.");
        return Answer(format, writer => Write(writer, chain, ("from", one), ("to", other)), () => ContactLinks.Text(one == other ? $"{one} is one and the same." : $"{one} and {other} are one person:", chain));
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<ContactLink> ties, params IEnumerable<(string Name, string Value)> members)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members) writer.WriteString(name, value);
        ContactLinks.Write(writer, ties);
        writer.WriteEndObject();
    }

    /// <summary>The node of the contact that a parameter means, or the problem with it.</summary>
    private static (string? Node, string Problem) Node(DbSession session, ContactStory story, string parameter, string text)
    {
        string? node;
        if (Guid.TryParse(text, out var id))
        {
            node = session.OriginOf(id)?.BornOf;
            if (node is null) return (null, $"{parameter} is the id of no contact.");
        }
        else if (session.FindNode(text) is not null)
        {
            node = text;
        }
        else
        {
            var (read, problem) = IdentifierText.Read(text, story.Rules);
            if (read is null) return (null, $"{parameter}: {problem ?? "it names nobody: it is no identifier of its kind, or one that is blocked."}");
            node = read.Name;
        }
        return story.Nodes.Contains(node) ? (node, "") : (null, Elsewhere(parameter, IdentifierStanding.Of(session, node, story.Configuration), story));
    }

    private static string Elsewhere(string parameter, IdentifierStanding standing, ContactStory story)
    {
        var where = standing.ContactId is { } owner ? $"contact {owner} has it" : standing.Why;
        var refused = standing.Refused.FirstOrDefault(tie => story.Nodes.Contains(tie.One) || story.Nodes.Contains(tie.Other));
        return $"{parameter} is not of this contact: {where}.{(refused is null ? "" : $" Event {refused.EventId} ties the two, and that was refused: {refused.Reason}.")}";
    }

    private static bool IsMember(string asked) => asked.StartsWith("tags.", StringComparison.Ordinal) || asked.StartsWith("custom.", StringComparison.Ordinal);

    private static IResult Answer(string? format, Action<Utf8JsonWriter> write, Func<string> text) => format is "text" ? Results.Text(text()) : new JsonResult(write);

    private static IResult? ProblemWith(string? format) => format is null or "json" or "text" ? null : Pages.Problem("format must be json or text.");

    private static IResult Untold(string asked) => Results.Problem(statusCode: 404,
        detail: $"Nothing was ever told about '{asked}'. What can be explained: a field such as firstName or custom.<name>, consent.<channel>, suppression, tags.<tag>, or an identifier written kind:value.");

    private static IResult Missing() => Results.Problem(statusCode: 404, detail: "There is no such contact.");
}
