namespace IntegrationHub.Hub.Cli;

/// <summary>Separates the hub's settings (<c>--Hub:Urls=…</c> or <c>--Hub:Urls …</c>) from the verb and its options.</summary>
internal static class HubArguments
{
    private const string Prefix = "--Hub:";

    public static (string[] Hub, string[] Verb) Split(string[] arguments)
    {
        List<string> hub = [], verb = [];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) verb.Add(arguments[i]);
            else if (arguments[i].Contains('=', StringComparison.Ordinal)) hub.Add(arguments[i]);
            else if (i + 1 < arguments.Length) hub.Add($"{arguments[i]}={arguments[++i]}");
            else throw new VerbException($"{arguments[i]} needs a value: {arguments[i]}=…");
        }
        return ([.. hub], [.. verb]);
    }
}
