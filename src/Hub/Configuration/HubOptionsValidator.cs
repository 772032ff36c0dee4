using System.ComponentModel.DataAnnotations;
using IntegrationHub.Connectors;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Storage;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Configuration;

/// <summary>Reports everything that is wrong with the section <c>Hub</c> at once, unknown keys included. Shows no value: some hold passwords.</summary>
internal sealed class HubOptionsValidator(IConfiguration configuration) : IValidateOptions<HubOptions>
{
    private static readonly string[] Names = [.. SettingsBinder.Properties(typeof(HubOptions)).Select(property => property.Name)];

    public ValidateOptionsResult Validate(string? name, HubOptions options)
    {
        List<ValidationResult> annotated = [];
        Validator.TryValidateObject(options, new ValidationContext(options), annotated, validateAllProperties: true);
        List<string> failures = [.. UnknownKeys(), .. annotated.Select(result => result.ErrorMessage ?? "is out of range")];
        if (options.Urls is { } urls && !urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(CanListenOn))
            failures.Add("Hub:Urls must be addresses such as http://127.0.0.1:5080, separated by semicolons");
        if (options.Database != HubDatabase.Embedded && !PostgresServer.IsConnectionString(options.Database)) failures.Add(HubDatabase.Unreadable);
        if (options.PublicUrl is { } address && !CanBeCalled(address))
            failures.Add("Hub:PublicUrl must be an absolute address such as https://hub.example.com, without user name and query");
        if (options.Bus is { } bus && bus != "memory" && HubOptions.BrokerOf(bus) is null)
            failures.Add("Hub:Bus must be memory or the address of a RabbitMQ broker such as amqp://user:password@host:5672/vhost; signs like @ and / in the password are written as %40 and %2F");
        if (options.TrustedProxies is { } proxies && TrustedProxies.Read(proxies) is null)
            failures.Add("Hub:TrustedProxies must be addresses or networks such as 127.0.0.1;10.0.0.0/8, separated by semicolons");
        // A body that comes without its length counts twice while it is read.
        if (2L * options.MaxBodyBytes > options.MaxBodiesMebibytes * 1024L * 1024)
            failures.Add("Hub:MaxBodiesMebibytes must be at least twice Hub:MaxBodyBytes, or the largest bodies would find no room");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // ErrorOnUnknownConfiguration throws at the first step, names no nearest key and hides every other failure.
    private IEnumerable<string> UnknownKeys()
    {
        foreach (var key in configuration.GetSection(HubOptions.Section).GetChildren())
        {
            if (!Names.Contains(key.Key, StringComparer.OrdinalIgnoreCase))
                yield return $"{key.Path} is not a setting{SettingsBinder.Suggestion(key.Key, Names)}";
            foreach (var below in key.GetChildren()) yield return $"{below.Path} is not a setting; {key.Path} is a single value";
        }
    }

    private static bool CanListenOn(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && (address.IsUnixPipe || address.PathBase.Length == 0);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool CanBeCalled(Uri address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };
}
