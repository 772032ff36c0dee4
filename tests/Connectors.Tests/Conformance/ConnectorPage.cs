using System.Text;

namespace IntegrationHub.Connectors.Tests.Conformance;

/// <summary>What <c>docs/connectors.md</c> says of a connector, made from its code and its folder.</summary>
internal static class ConnectorPage
{
    public const string Head =
        """
        # The connectors

        This page is written by the suite from the connectors themselves (`HUB_ACCEPT_SAMPLES=1 dotnet test tests/Connectors.Tests --filter ConnectorPage`), and a test compares it with them.

        - **Verified by**: how a request proves its sender, with the settings of the connector's `settings.sample.json`. In brackets how far a signed time may be off.
        - **Topics**: how many are read, and how many are ignored on purpose. They are listed below the table.
        - **Fetches**: objects that webhooks only point to are fetched over the tool's API.
        - **History**: what `backfill` and reconciliation can read.
        - **Samples**: bodies and objects in the connector's folder; with `+` conversations with the tool's API.

        | Tool | Key | Kind | Verified by | Topics | Fetches | History | Samples |
        |---|---|---|---|---|---|---|---|

        """;

    public static string Row(VendorFolder vendor)
    {
        var (description, source) = (vendor.Description, vendor.Source());
        var history = source is IBackfill backfill ? string.Join(", ", backfill.Streams) : "";
        var exchanges = vendor.Exchanges.Count();
        return $"| [{description.Name}](../src/Connectors/{vendor.Name}/README.md){(description is WrittenConnector ? "" : " (declared)")} | `{description.Key}` | {description.Category} " +
            $"| {source.Authentication.Description}{Window(source)} | {source.Topics.Understood.Count} / {source.Topics.Ignored.Count} | {(source is IHydrate ? "yes" : "")} | {history} " +
            $"| {vendor.Samples.Count()}{(exchanges > 0 ? $" + {exchanges}" : "")} |\n";
    }

    public static string Section(VendorFolder vendor)
    {
        var (topics, text) = (vendor.Source().Topics, new StringBuilder());
        text.Append($"## {vendor.Description.Name}\n\n");
        text.Append($"Read: {string.Join(", ", topics.Understood.Order(StringComparer.Ordinal).Select(topic => $"`{topic}`"))}\n\n");
        foreach (var (topic, reason) in topics.Ignored.OrderBy(entry => entry.Key, StringComparer.Ordinal)) text.Append($"- `{topic}` is ignored: {reason}\n");
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Window(IWebhookSource source) => source.Authentication.ReplayWindow switch
    {
        null => "",
        { TotalHours: >= 1 } window => $" [{window.TotalHours:0.#} h]",
        { } window => $" [{window.TotalMinutes:0.#} min]",
    };
}
