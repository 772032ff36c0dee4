using System.ComponentModel.DataAnnotations;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Configuration;

/// <summary>The hub's own settings: section <c>Hub</c>, from the environment (<c>Hub__DataDirectory</c>) or the command line (<c>--Hub:DataDirectory=</c>).</summary>
/// <remarks>Not a record: a record would print <see cref="AdminKey"/>.</remarks>
internal sealed class HubOptions
{
    public const string Section = "Hub";

    private const int Kibibyte = 1024;
    private const int Mebibyte = 1024 * Kibibyte;

    /// <summary>Folder of everything the hub keeps.</summary>
    [Required(ErrorMessage = "Hub:DataDirectory is blank; name a folder, or leave it out for ./data")]
    public string DataDirectory { get; init; } = "./data";

    /// <summary>The file with the connections.</summary>
    [Required(ErrorMessage = "Hub:ConnectorsFile is blank; name a file, or leave it out for ./connectors.json")]
    public string ConnectorsFile { get; init; } = "./connectors.json";

    /// <summary>Folder with connectors of one's own, one file each: <c>acme.connector.json</c>. It need not exist.</summary>
    /// <value>Null (default) for <c>connectors</c> beside the connectors file.</value>
    [MinLength(1, ErrorMessage = "Hub:DeclarationsDirectory is blank; name a folder, or leave it out for connectors beside the connectors file")]
    public string? DeclarationsDirectory { get; init; }

    /// <summary>Full path of the folder with connectors of one's own.</summary>
    public string DeclarationsFolder => DeclarationsDirectory is { } given ? Path.GetFullPath(given) : ConfigurationFiles.UsualFolder(ConnectorsFile);

    /// <summary>Where records are kept.</summary>
    /// <value><c>sqlite</c> (default): in the data directory. Or a connection string of PostgreSQL; it holds a password.</value>
    public string Database { get; init; } = HubDatabase.Embedded;

    /// <summary>What carries messages.</summary>
    /// <value><c>memory</c> (default): within this process; or the address of a RabbitMQ broker, <c>amqp://user:password@host:5672/vhost</c> (<c>amqps</c> for TLS).</value>
    [Required(ErrorMessage = "Hub:Bus is blank; write memory or amqp://user:password@host:5672/vhost, or leave it out")]
    public string Bus { get; init; } = "memory";

    /// <summary>The address of the broker that a value of <c>Hub:Bus</c> names; null for any other value.</summary>
    public static Uri? BrokerOf(string? bus) =>
        Uri.TryCreate(bus, UriKind.Absolute, out var address) && address is { Scheme: "amqp" or "amqps", Host.Length: > 0, Query: "", Fragment: "" } ? address : null;

    /// <summary>Key of the API and the admin pages.</summary>
    /// <value>Printable ASCII without spaces; null (default) has one created in the data directory.</value>
    [RegularExpression("[!-~]+", ErrorMessage = "Hub:AdminKey must be letters, digits and signs of ASCII without spaces, for it travels in a header")]
    [MinLength(1, ErrorMessage = "Hub:AdminKey is blank; leave it out to have a key created in the data directory")]
    public string? AdminKey { get; init; }

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    [Required(ErrorMessage = "Hub:Urls is blank; write an address such as http://127.0.0.1:5080")]
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The address that vendors call; some sign it.</summary>
    /// <value>Absolute http or https without query; null (default) when no connected vendor signs it.</value>
    public Uri? PublicUrl { get; init; }

    /// <summary>Proxies in front of the hub whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> count: addresses and networks, separated by semicolons.</summary>
    /// <value>For example <c>127.0.0.1;10.0.0.0/8</c>; null (default) for none.</value>
    public string? TrustedProxies { get; init; }

    /// <summary>How the log is written to standard output.</summary>
    /// <value><c>plain</c> (default): a line for people; <c>json</c>: a JSON object a line, with the ids of trace and span.</value>
    [AllowedValues("plain", "json", ErrorMessage = "Hub:LogFormat has a value that is not supported; write plain or json, or leave it out")]
    public string LogFormat { get; init; } = "plain";

    /// <summary>Largest accepted webhook.</summary>
    /// <value>Bytes, 1 KiB to 100 MiB, default 10 MiB.</value>
    [Range(Kibibyte, 100 * Mebibyte, ErrorMessage = "Hub:MaxBodyBytes must be from 1024 (1 KiB) to 104857600 (100 MiB)")]
    public int MaxBodyBytes { get; init; } = 10 * Mebibyte;

    /// <summary>What all bodies that are being read and stored may take together; beyond it requests are answered 503.</summary>
    /// <value>MiB, 16 to 65536, default 256.</value>
    [Range(16, 65_536, ErrorMessage = "Hub:MaxBodiesMebibytes must be from 16 to 65536")]
    public int MaxBodiesMebibytes { get; init; } = 256;

    /// <summary>Connections that are open at the same time; further ones are closed.</summary>
    /// <value>10 to 1000000, default 5000.</value>
    [Range(10, 1_000_000, ErrorMessage = "Hub:MaxConnections must be from 10 to 1000000")]
    public int MaxConnections { get; init; } = 5000;
}
