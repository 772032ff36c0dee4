using System.Text.Json.Nodes;

namespace IntegrationHub.Connectors.Mailchimp;

/// <summary>The interest categories of an audience: a member tells the ids of its groups, a webhook their names.</summary>
internal sealed class MailchimpInterests(IReadOnlyList<MailchimpInterests.Category> categories)
{
    /// <summary>Asks for the categories where members of an audience have interests to choose.</summary>
    public static async Task<MailchimpInterests> OfAsync(string list, IEnumerable<Payload> members, IMailchimpApi api, CancellationToken cancellationToken)
    {
        List<Category> categories = [];
        if (!members.Any(member => member["interests"].Members().Any())) return new MailchimpInterests(categories);
        foreach (var category in (await api.CategoriesAsync(list, cancellationToken))["categories"].Items())
        {
            var groups = (await api.InterestsAsync(list, category["id"].RequiredText(), cancellationToken))["interests"].Items();
            categories.Add(new Category(category["title"].Text(), [.. groups.Select(group => (group["id"].RequiredText(), group["name"].Text()))]));
        }
        return new MailchimpInterests(categories);
    }

    /// <summary>Categories with the groups that a member has chosen, by name.</summary>
    public IEnumerable<Payload> ChosenBy(Payload member)
    {
        foreach (var category in categories)
        {
            JsonArray groups = [.. category.Groups.Where(group => member["interests"][group.Id].Flag() is true).Select(group => (JsonNode?)group.Name)];
            if (groups.Count > 0) yield return Payload.Parse(System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["name"] = category.Title, ["groups"] = groups }.ToJsonString()));
        }
    }

    /// <summary>A category.</summary>
    internal sealed record Category(string? Title, IReadOnlyList<(string Id, string? Name)> Groups);
}
