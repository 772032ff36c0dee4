using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>Reads a row as the script of a spreadsheet sends it (<c>hub.sheet.form_submit/1</c>). The first column is the time, the others are the questions.</summary>
internal static class GoogleSheetRow
{
    private const int DigestLength = 24;

    public static GoogleSubmission Read(Payload body)
    {
        var (book, sheet) = (body["spreadsheet_id"].RequiredText(), body["sheet_id"].RequiredId());
        List<string> values = [.. body["values"].Items().Select(Cell)];
        if (values.Count == 0) throw body["values"].Missing();
        var id = Digest(values);
        return new GoogleSubmission
        {
            Key = $"sheets/{book}/{sheet}/rows/{id}",
            Container = book,
            FormId = $"{book}/{sheet}",
            Title = body["sheet_name"].Text(),
            Id = id,
            ObjectType = "row",
            Time = body["submitted_at"].Time() ?? GoogleTimestamp.Read(values[0], body["locale"].Text(), body["time_zone"].Text()) ?? body["sent_at"].Time(),
            Answers = Answers([.. body["headers"].Items().Select(Cell)], values),
        };
    }

    private static List<GoogleAnswer> Answers(List<string> headers, List<string> values)
    {
        List<GoogleAnswer> answers = [];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var column = 1; column < Math.Min(headers.Count, values.Count); column++)
        {
            var title = headers[column];
            if (title.Length == 0) continue;
            var repeated = seen[title] = seen.GetValueOrDefault(title) + 1;
            if (values[column].Length > 0) answers.Add(new GoogleAnswer { Key = repeated == 1 ? title : $"{title} ({repeated})", Title = title, Value = values[column] });
        }
        return answers;
    }

    // An apostrophe before a value only says that the cell holds text.
    private static string Cell(Payload cell) => cell.Scalar() is not { } text ? "" : text.StartsWith('\'') ? text[1..].Trim() : text;

    // Rows move when others are sorted or deleted, so what they hold names them. Empty cells at the end may or may not be told.
    private static string Digest(List<string> values)
    {
        var last = values.FindLastIndex(value => value.Length > 0);
        var text = string.Join('\u001F', values.Take(last + 1));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestLength];
    }
}
