using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace IntegrationHub.Hub.Tests.Access;

public sealed class SecretsVerbTests : IDisposable
{
    private const string Secret = "planted-secret-5f1c";

    private readonly string directory = Directory.CreateTempSubdirectory("hub-secrets-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Sealed_secret_stands_in_for_an_environment_variable_and_stands_in_no_file()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "connectors.json"), """{ "connections": { "forms": { "connector": "typeform", "settings": { "webhookSecret": "${SEALED_FORMS}" } } } }""");
        var (missing, _, problem) = await HubProcess.RunAsync(directory, "validate");
        Assert.Equal((1, "connectors.json:1: connections.forms.settings.webhookSecret: environment variable SEALED_FORMS is not set; set it, seal it with 'secrets set SEALED_FORMS', or give a default with ${SEALED_FORMS:-…}\n"), (missing, problem));
        var (set, output, error) = await SetAsync("SEALED_FORMS", Secret);
        Assert.True(set == 0, error);
        Assert.Equal("${SEALED_FORMS} is set. A running hub takes it when the connectors file changes, or at its next start.\n", output);
        Assert.Equal((0, "SEALED_FORMS\n"), Result(await HubProcess.RunAsync(directory, "secrets", "list")));
        Assert.Equal(0, (await HubProcess.RunAsync(directory, "validate")).ExitCode);
        Assert.Equal(0, (await HubProcess.RunAsync(directory, "secrets", "rotate")).ExitCode);
        await using (var hub = await HubProcess.ServeAsync(directory))
        {
            using var test = await hub.Http.PostAsync("/api/connections/forms/test", null);
            Assert.Equal("ok", (await test.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
        }
        foreach (var file in Directory.GetFiles(Path.Combine(directory, "data"))) Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal(0, (await HubProcess.RunAsync(directory, "secrets", "remove", "SEALED_FORMS")).ExitCode);
        Assert.Equal(1, (await HubProcess.RunAsync(directory, "validate")).ExitCode);
    }

    [Fact]
    public async Task Key_that_is_lost_is_told_with_what_to_do()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "connectors.json"), """{ "connections": { "forms": { "connector": "typeform", "settings": { "webhookSecret": "${SEALED_FORMS}" } } } }""");
        await SetAsync("SEALED_FORMS", Secret);
        var key = Path.Combine(directory, "data", "token.key");
        File.Delete(key);
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, "validate");
        var file = Path.Combine(directory, "data", "secrets.sealed");
        Assert.Equal((1, $"The secret SEALED_FORMS in {file} can't be opened: {key} is missing, and the stored tokens can't be read without it; restore token.key from the backup of the data directory, or set it again: secrets set SEALED_FORMS.\n"), (exitCode, error));
    }

    [Fact]
    public async Task Secret_in_the_file_is_a_warning_that_names_the_place_and_not_the_secret()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "connectors.json"), $$"""
            { "connections": {
              "forms": { "connector": "typeform", "settings": { "webhookSecret": ["{{Secret}}", "${SEALED_FORMS:-also}"] } }
            } }
            """);
        var (exitCode, _, error) = await HubProcess.RunAsync(directory, "validate");
        Assert.Equal(
            (0, "warning: connectors.json:2: connections.forms.settings.webhookSecret[0]: holds a secret that whoever reads the file can read; write ${NAME}, and set the environment variable or seal the secret with 'secrets set NAME'\n"),
            (exitCode, error));
    }

    private static (int, string) Result((int ExitCode, string Output, string Error) run) => (run.ExitCode, run.Output);

    private async Task<(int ExitCode, string Output, string Error)> SetAsync(string name, string secret)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "IntegrationHub.Hub.dll"), "secrets", "set", name, $"--Hub:DataDirectory={Path.Combine(directory, "data")}"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(secret);
        process.StandardInput.Close();
        var (output, error) = (await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, output, error);
    }
}
