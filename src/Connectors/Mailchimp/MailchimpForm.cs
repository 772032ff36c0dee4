namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>Writes a member that the API tells into the form of a webhook, so that one reader reads both.</summary>
internal static class MailchimpForm
{
    /// <param name="told">The member, and its chosen interests by category.</param>
    /// <param name="time">When that happened which is told.</param>
    public static FormPayload Of(Payload told, DateTimeOffset time)
    {
        var member = told["member"];
        return FormPayload.Of(
        [
            ("fired_at", time.ToString("O")),
            ("data[list_id]", member["list_id"].Text()),
            ("data[web_id]", member["web_id"].RequiredId()),
            ("data[id]", member["unique_email_id"].Text()),
            ("data[email]", member["email_address"].Text()),
            ("data[reason]", member["unsubscribe_reason"].Text()),
            .. member["merge_fields"].Members().SelectMany(field => Merge($"data[merges][{field.Name}]", field.Value)),
            .. told["categories"].Items().SelectMany(Grouping),
        ]);
    }

    // An address has parts; one that is empty is a text.
    private static IEnumerable<(string, string?)> Merge(string key, Payload value) =>
        value.IsObject ? value.Members().Select(part => ($"{key}[{part.Name}]", part.Value.Scalar())) : [(key, value.Scalar())];

    private static IEnumerable<(string, string?)> Grouping(Payload category, int index) =>
    [
        ($"data[merges][GROUPINGS][{index}][name]", category["name"].Text()),
        ($"data[merges][GROUPINGS][{index}][groups]", string.Join(", ", category["groups"].Items().Select(group => group.RequiredText()))),
    ];
}
