using System.Net;
using System.Text;
using System.Text.Json;
using IntegrationHub.Hub.Contacts;

namespace IntegrationHub.Hub.Privacy;

/// <summary>A copy of what is held of a person, as one page that needs nothing else: escaped, without scripts.</summary>
internal static class ContactPage
{
    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}table{border-collapse:collapse;width:100%}"
        + "th,td{border-bottom:1px solid #ddd;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f6f6;padding:.7rem}";

    public static string Of(ContactCopy copy, ContactJson json)
    {
        var page = new StringBuilder($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>What we hold of you</title><style>{Style}</style></head><body>\n<h1>What we hold of you</h1>\n");
        var record = Json(writer => json.Write(writer, copy.Contact));
        WriteFields(page, record);
        WriteIdentifiers(page, record);
        Section(page, "Everything in the record", [("All of it, with where it comes from", Indented(record))]);
        Section(page, "What happened", copy.Events.Select(entry => ($"{entry.Event.OccurredAt:yyyy-MM-dd HH:mm} UTC, {entry.Event.Connection}: {TimelineJson.Summary(entry.Event)}", Indented(Json(writer => TimelineJson.Write(writer, entry))))));
        Section(page, "What the tools sent", copy.Deliveries.Select(entry => ($"{entry.Delivery.ReceivedAt:yyyy-MM-dd HH:mm} UTC, {entry.Delivery.Connection}",
            string.Join('\n', entry.Delivery.Headers.Select(header => $"{header.Key}: {header.Value}")) + "\n\n" + Encoding.UTF8.GetString(entry.Delivery.Body.Span))));
        Section(page, "What people decided", copy.Decisions.Select(made => ($"{made.MadeAt:yyyy-MM-dd HH:mm} UTC, {made.Author}", Indented(JsonSerializer.SerializeToElement(made.Decision, HubJson.Default.Decision)) + (made.Reason is { } reason ? $"\nReason: {reason}" : ""))));
        return page.Append("</body></html>\n").ToString();
    }

    private static void WriteFields(StringBuilder page, JsonElement record)
    {
        page.Append("<h2>Fields</h2>\n<table><tr><th>Field</th><th>Value</th><th>Told by</th><th>At</th></tr>\n");
        foreach (var field in record.GetProperty("fields").EnumerateObject()) Row(page, field.Name, Text(field.Value, "value"), Text(field.Value, "connection"), Text(field.Value, "occurredAt"));
        page.Append("</table>\n");
    }

    private static void WriteIdentifiers(StringBuilder page, JsonElement record)
    {
        page.Append("<h2>Addresses and numbers that we know you by</h2>\n<table><tr><th>Kind</th><th>Value</th><th>First told by</th><th>At</th></tr>\n");
        foreach (var identifier in record.GetProperty("identifiers").EnumerateArray())
            Row(page, Text(identifier, "kind"), Text(identifier, "raw"), Text(identifier.GetProperty("firstTold"), "connection"), Text(identifier.GetProperty("firstTold"), "occurredAt"));
        page.Append("</table>\n");
    }

    private static void Section(StringBuilder page, string title, IEnumerable<(string Title, string Text)> items)
    {
        page.Append("<h2>").Append(Escape(title)).Append("</h2>\n");
        foreach (var (head, text) in items) page.Append("<details open><summary>").Append(Escape(head)).Append("</summary><pre>").Append(Escape(text)).Append("</pre></details>\n");
    }

    private static void Row(StringBuilder page, params IEnumerable<string> cells) =>
        page.Append("<tr>").AppendJoin("", cells.Select(cell => $"<td>{Escape(cell)}</td>")).Append("</tr>\n");

    private static string Text(JsonElement element, string member) => element.TryGetProperty(member, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : "";

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, ContactJson.Options)) write(writer);
        return JsonElement.Parse(buffer.ToArray());
    }

    private static string Indented(JsonElement element)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, ContactJson.Options with { Indented = true })) element.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
