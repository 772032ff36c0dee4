using Microsoft.Extensions.Configuration;

namespace IntegrationHub.Hub.Tests;

/// <summary>How the hub is put together.</summary>
public sealed class HostingTests
{
    [Fact]
    public async Task Writes_to_a_database_beneath_the_program_are_not_watched()
    {
        await using var hub = await TestHub.StartAsync();
        var files = ((IConfigurationRoot)hub.App.Configuration).Providers.OfType<FileConfigurationProvider>().ToList();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => file.Source.ReloadOnChange);
    }
}
