using System.Text;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Tests.Configuration;

public sealed class FileTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void File_is_read()
    {
        var file = folder.Write("connectors.json", """{"connections": {"crm": {"connector": "testcrm"}}}""");
        var loaded = Assert.IsType<LoadResult.Loaded>(Loading.Loader().Load(file));
        Assert.Equal(file, loaded.Configuration.File);
        Assert.Equal("crm", Assert.Single(loaded.Configuration.Connections).Key);
    }

    [Fact]
    public void Byte_order_mark_is_accepted()
    {
        File.WriteAllText(folder.File("connectors.json"), "{}", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(new FileText.Read("{}"), FileText.Of(folder.File("connectors.json")));
    }

    [Fact]
    public void Missing_file_is_an_error()
    {
        var file = folder.File("connectors.json");
        Assert.Equal($"connectors.json: does not exist: {file}; create it with {{\"connections\": {{}}}}, or name another file in Hub:ConnectorsFile", Error(file));
        Assert.StartsWith("connectors.json: does not exist: ", Error(folder.File("nowhere/connectors.json")));
    }

    [Fact]
    public void Directory_is_an_error()
    {
        var directory = Directory.CreateDirectory(folder.File("connectors.json")).FullName;
        Assert.Equal($"connectors.json: is a directory: {directory}; name a file in Hub:ConnectorsFile", Error(directory));
    }

    [Fact]
    public void Unreadable_file_is_an_error()
    {
        var file = folder.Write("connectors.json", "{}");
        using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal($"connectors.json: can't be read: The process cannot access the file '{file}' because it is being used by another process.", Error(file));
    }

    [Fact]
    public void Empty_file_is_an_error() =>
        Assert.Equal("""connectors.json: is empty; write {"connections": {}}""", Error(folder.Write("connectors.json", "")));

    [Fact]
    public void File_above_the_limit_is_an_error_and_one_of_the_limit_is_not()
    {
        Assert.Equal("connectors.json: is larger than 5 MiB", Error(folder.Write("connectors.json", "{}".PadRight(FileText.MaxBytes + 1))));
        Assert.IsType<LoadResult.Loaded>(Loading.Loader().Load(folder.Write("connectors.json", "{}".PadRight(FileText.MaxBytes))));
    }

    [Fact]
    public void File_that_is_not_utf_8_is_an_error()
    {
        var file = folder.File("connectors.json");
        File.WriteAllBytes(file, [.. "{\n  \"identity\": {},\n  \"a\": \""u8, 0xE9, .. "\"}"u8]);
        Assert.Equal("connectors.json:3: is not UTF-8 on this line; save the file as UTF-8", Error(file));
        File.WriteAllText(file, "{}", Encoding.Unicode);
        Assert.Equal("connectors.json:1: is not UTF-8 on this line; save the file as UTF-8", Error(file));
    }

    private static string Error(string file) => Assert.Single(Assert.IsType<LoadResult.Failed>(Loading.Loader().Load(file)).Errors).ToString();
}
