using IntegrationHub.Hub.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Tests.Configuration;

public sealed class HubOptionsTests
{
    [Fact]
    public void Defaults_are_valid()
    {
        var options = Bind();
        Assert.Equal(("./data", "./connectors.json", "sqlite", "memory", null, "http://127.0.0.1:5080", null, 10 * 1024 * 1024),
            (options.DataDirectory, options.ConnectorsFile, options.Database, options.Bus, options.AdminKey, options.Urls, options.PublicUrl, options.MaxBodyBytes));
    }

    [Fact]
    public void Every_option_is_bound()
    {
        var options = Bind(("Hub:DataDirectory", "/d"), ("Hub:ConnectorsFile", "/c"), ("Hub:Database", "sqlite"), ("Hub:Bus", "memory"), ("Hub:AdminKey", "k3y"),
            ("Hub:Urls", "http://*:80;https://[::1]:0"), ("Hub:PublicUrl", "https://hub.example.com/in"), ("Hub:MaxBodyBytes", "1024"));
        Assert.Equal(("/d", "/c", "k3y", "http://*:80;https://[::1]:0", new Uri("https://hub.example.com/in"), 1024),
            (options.DataDirectory, options.ConnectorsFile, options.AdminKey, options.Urls, options.PublicUrl, options.MaxBodyBytes));
    }

    [Theory]
    [InlineData("Hub:DataDirectory", " ", "Hub:DataDirectory is blank; name a folder, or leave it out for ./data")]
    [InlineData("Hub:ConnectorsFile", "", "Hub:ConnectorsFile is blank; name a file, or leave it out for ./connectors.json")]
    [InlineData("Hub:Database", "Host=db;Password=hunter2", "Hub:Database has a value that is not supported; write sqlite, or a connection string of PostgreSQL such as Host=db.example.com;Database=hub;Username=hub;Password=…")]
    [InlineData("Hub:Bus", "amq://user:hunter2@bus", "Hub:Bus must be memory or the address of a RabbitMQ broker such as amqp://user:password@host:5672/vhost; signs like @ and / in the password are written as %40 and %2F")]
    [InlineData("Hub:AdminKey", "", "Hub:AdminKey is blank; leave it out to have a key created in the data directory")]
    [InlineData("Hub:AdminKey", "a b", "Hub:AdminKey must be letters, digits and signs of ASCII without spaces, for it travels in a header")]
    [InlineData("Hub:Urls", "", "Hub:Urls is blank; write an address such as http://127.0.0.1:5080")]
    [InlineData("Hub:Urls", "127.0.0.1:5080", "Hub:Urls must be addresses such as http://127.0.0.1:5080, separated by semicolons")]
    [InlineData("Hub:Urls", "http://127.0.0.1:5080;ftp://a", "Hub:Urls must be addresses such as http://127.0.0.1:5080, separated by semicolons")]
    [InlineData("Hub:Urls", "http://127.0.0.1:5080/path", "Hub:Urls must be addresses such as http://127.0.0.1:5080, separated by semicolons")]
    [InlineData("Hub:PublicUrl", "hub.example.com", "Hub:PublicUrl must be an absolute address such as https://hub.example.com, without user name and query")]
    [InlineData("Hub:PublicUrl", "ftp://hub.example.com", "Hub:PublicUrl must be an absolute address such as https://hub.example.com, without user name and query")]
    [InlineData("Hub:PublicUrl", "https://hub.example.com?a=b", "Hub:PublicUrl must be an absolute address such as https://hub.example.com, without user name and query")]
    [InlineData("Hub:LogFormat", "xml", "Hub:LogFormat has a value that is not supported; write plain or json, or leave it out")]
    [InlineData("Hub:MaxBodyBytes", "1023", "Hub:MaxBodyBytes must be from 1024 (1 KiB) to 104857600 (100 MiB)")]
    [InlineData("Hub:MaxBodyBytes", "104857601", "Hub:MaxBodyBytes must be from 1024 (1 KiB) to 104857600 (100 MiB)")]
    [InlineData("Hub:MaxBodiesMebibytes", "15", "Hub:MaxBodiesMebibytes must be from 16 to 65536; Hub:MaxBodiesMebibytes must be at least twice Hub:MaxBodyBytes, or the largest bodies would find no room")]
    [InlineData("Hub:MaxBodiesMebibytes", "19", "Hub:MaxBodiesMebibytes must be at least twice Hub:MaxBodyBytes, or the largest bodies would find no room")]
    [InlineData("Hub:MaxConnections", "9", "Hub:MaxConnections must be from 10 to 1000000")]
    [InlineData("Hub:TrustedProxies", "proxy.local", "Hub:TrustedProxies must be addresses or networks such as 127.0.0.1;10.0.0.0/8, separated by semicolons")]
    [InlineData("Hub:DataDirectroy", "/d", "Hub:DataDirectroy is not a setting; did you mean \"DataDirectory\"?")]
    [InlineData("Hub:Bus:Host", "b", "Hub:Bus:Host is not a setting; Hub:Bus is a single value")]
    public void Wrong_value_is_an_error_that_does_not_show_it(string key, string value, string failure) =>
        Assert.Equal(failure, Assert.Throws<OptionsValidationException>(() => Bind((key, value))).Message);

    [Fact]
    public void All_failures_are_reported_together() =>
        Assert.Equal(3, Assert.Throws<OptionsValidationException>(() => Bind(("Hub:Database", "x"), ("Hub:Bus", "x"), ("Hub:X", "x"))).Failures.Count());

    [Fact]
    public void Number_that_is_none_is_an_error_that_names_the_key() =>
        Assert.Equal("Failed to convert configuration value 'ten' at 'Hub:MaxBodyBytes' to type 'System.Int32'.", Assert.Throws<InvalidOperationException>(() => Bind(("Hub:MaxBodyBytes", "ten"))).Message);

    [Fact]
    public void Keys_outside_the_section_are_none_of_ours() => Bind(("Logging:LogLevel:Default", "Debug"), ("HUB_HOME", "x"), ("Hubs:X", "x"));

    [Fact]
    public async Task Host_does_not_start_with_a_bad_connectors_file()
    {
        using var folder = new TemporaryFolder();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Hub:ConnectorsFile", folder.Write("connectors.json", "[]"))]);
        builder.Services.AddHubConfiguration();
        using var host = builder.Build();
        var exception = await Assert.ThrowsAsync<ConfigurationException>(() => host.StartAsync(CancellationToken.None));
        Assert.Equal("""connectors.json:1: is not an object; write {"connections": {}}""", exception.Message);
    }

    private static HubOptions Bind(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddHubConfiguration().BuildServiceProvider();
        return services.GetRequiredService<IOptions<HubOptions>>().Value;
    }
}
