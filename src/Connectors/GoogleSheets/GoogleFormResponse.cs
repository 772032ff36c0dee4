namespace IntegrationHub.Connectors.GoogleSheets;

/// <summary>Reads a response as the script of a form sends it (<c>hub.google_form.submit/1</c>).</summary>
internal static class GoogleFormResponse
{
    public static GoogleSubmission Read(Payload body)
    {
        var (form, response) = (body["form_id"].RequiredText(), body["response_id"].RequiredText());
        return new GoogleSubmission
        {
            Key = $"forms/{form}/responses/{response}",
            Container = form,
            FormId = form,
            Title = body["form_title"].Text(),
            Id = response,
            ObjectType = "response",
            Time = body["submitted_at"].Time() ?? body["sent_at"].Time(),
            IsEdit = body["edited"].Flag() is true,
            Email = body["respondent_email"].Text(),
            Answers = [.. body["answers"].Items().Select(Answer).OfType<GoogleAnswer>()],
        };
    }

    private static GoogleAnswer? Answer(Payload answer)
    {
        var (type, value) = (answer["type"].Text(), answer["value"]);
        var text = type is "FILE_UPLOAD" ? Files(value) : Text(value);
        return text is null ? null : new GoogleAnswer
        {
            Key = answer["item_id"].RequiredId(),
            Title = answer["title"].Text(),
            Value = text,
            Ticks = type is "CHECKBOX" ? [.. value.Items().Select(Text).OfType<string>()] : null,
        };
    }

    // A grid has a value for each row, null where none was chosen, or a list where several were.
    private static string? Text(Payload value) =>
        !value.IsList ? value.Scalar() : string.Join(", ", value.Items().Select(Text).OfType<string>()) is { Length: > 0 } joined ? joined : null;

    // Ids of files open them for whoever has access to the folder, and say nothing to others.
    private static string? Files(Payload value) => value.IsList && value.Items().Count() is > 0 and var count ? count == 1 ? "1 file" : $"{count} files" : null;
}
