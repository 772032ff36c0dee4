using IntegrationHub.Hub.Api;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Tests.Api;

public sealed class AdminKeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-admin-key-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("short\n")]
    public void File_without_a_key_lets_nobody_in_and_says_what_to_do(string content)
    {
        var file = AdminKey.FileIn(folder);
        File.WriteAllText(file, content);
        var refused = Assert.Throws<StorageException>(() => AdminKey.Open(null, folder));
        Assert.Equal($"{file} holds no key of 16 characters or more. Write one into it, or delete it to have one created.", refused.Message);
    }

    [Fact]
    public void Created_key_is_the_same_at_the_next_start()
    {
        AdminKey.Open(null, folder);
        var key = File.ReadAllText(AdminKey.FileIn(folder)).Trim();
        Assert.True(AdminKey.Open(null, folder).Matches(key));
        Assert.False(AdminKey.Open(null, folder).Matches(""));
    }
}
