using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace IntegrationHub.Connectors.Tests.Scaffold;

/// <summary><c>./new-connector</c> in a copy of the sources: from nothing to a merged contact, touching one folder.</summary>
public sealed class NewConnectorTests : IDisposable
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(
        typeof(NewConnectorTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ConnectorsFolder").Value!, "..", ".."));

    // All but the connectors were analyzed where they stand.
    private const string AnalyzeConnectorsAlone = """
        <Project>
          <PropertyGroup Condition="'$(MSBuildProjectName)' != 'IntegrationHub.Connectors'">
            <RunAnalyzers>false</RunAnalyzers>
          </PropertyGroup>
        </Project>
        """;

    private readonly string copy = Directory.CreateTempSubdirectory("hub-scaffold-").FullName;

    public NewConnectorTests()
    {
        foreach (var file in Directory.GetFiles(Repository).Where(file => Path.GetExtension(file) is ".props" or ".json" or ".txt" or "" or ".editorconfig")) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        foreach (var folder in new[] { "src", "templates", Path.Combine("tests", "Connectors.Tests"), Path.Combine("tests", "VendorStub") }) Copy(Path.Combine(Repository, folder), Path.Combine(copy, folder));
        File.WriteAllText(Path.Combine(copy, "Directory.Build.targets"), AnalyzeConnectorsAlone);
    }

    public void Dispose() => Directory.Delete(copy, recursive: true);

    [Fact]
    public async Task New_connector_passes_the_suite_and_its_people_are_merged_with_those_of_the_other_tools()
    {
        var before = Files();
        Assert.Equal(0, (await RunAsync("./new-connector", "Quill")).ExitCode);
        var written = Files().Except(before).ToList();
        Assert.NotEmpty(written);
        Assert.All(written, file => Assert.StartsWith(Path.Combine("src", "Connectors", "Quill") + Path.DirectorySeparatorChar, file, StringComparison.Ordinal));
        Assert.DoesNotContain(written, file => File.ReadAllText(Path.Combine(copy, file)).Contains("Acme", StringComparison.OrdinalIgnoreCase));

        var build = await RunAsync("dotnet", "build", "src/Connectors");
        Assert.True(build.ExitCode == 0, build.Output);
        var suite = await RunAsync("dotnet", "run", "--project", "src/Hub", "--", "connectors", "test", "Quill");
        Assert.True(suite.ExitCode == 0, suite.Output);
        Assert.True(int.Parse(Regex.Match(suite.Output, @"Passed:\s+(\d+)").Groups[1].Value) > 30, suite.Output);

        var demo = await RunAsync("dotnet", "run", "--project", "src/Hub", "--", "demo");
        Assert.True(demo.ExitCode == 0, demo.Output);
        Assert.Contains("yes quill: 15 of 15 deliveries are in the record", demo.Output, StringComparison.Ordinal);
        Assert.Contains("yes 5 people became 5 contacts", demo.Output, StringComparison.Ordinal);
        Assert.Matches(@"yes its record is told by (\d+) of \1 tools", demo.Output);
    }

    [Theory]
    [InlineData("quill", "'quill' is not a name for a connector: take letters and digits, a capital first, for example Acme.")]
    [InlineData("Quill/../..", "'Quill/../..' is not a name for a connector: take letters and digits, a capital first, for example Acme.")]
    [InlineData("Shopify", "src/Connectors/Shopify is there already.")]
    [InlineData("SHOPIFY", "src/Connectors/Shopify is there already.")]
    public async Task Name_that_will_not_do_is_refused_and_nothing_is_written(string name, string problem)
    {
        var before = Files();
        var (exitCode, output) = await RunAsync("./new-connector", name);
        Assert.Equal((1, problem), (exitCode, output.Trim()));
        Assert.Equal(before, Files());
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(copy, file)).Order(StringComparer.Ordinal)];

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program.StartsWith("./", StringComparison.Ordinal) ? Path.Combine(copy, program[2..]) : program, arguments)
        {
            WorkingDirectory = copy,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What runs these tests must not speak to the build within them.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase) || name == "HUB_ACCEPT_SAMPLES").ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(10));
        return (process.ExitCode, await output + await error);
    }
}
