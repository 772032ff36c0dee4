using System.Runtime.Versioning;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Tests.Configuration;
using IntegrationHub.Hub.Tests.Storage;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Tests.Access;

[UnsupportedOSPlatform("windows")]
public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string folder = Directory.CreateTempSubdirectory("hub-private-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Trait(TestDatabase.Engine, TestDatabase.Sqlite)]
    [Fact]
    public async Task Everything_that_a_hub_makes_is_its_owners_alone()
    {
        var data = Path.Combine(folder, "data");
        await File.WriteAllTextAsync(Path.Combine(folder, "connectors.json"), TestHub.FiveTools());
        await using var hub = await HubProcess.ServeAsync(folder);
        using var asked = await hub.Http.GetAsync("/health/ready");
        Assert.Equal(OwnerAlone | UnixFileMode.UserExecute, File.GetUnixFileMode(data));
        var files = Directory.GetFiles(data).ToDictionary(file => Path.GetFileName(file)!, File.GetUnixFileMode);
        Assert.Superset(new HashSet<string>(["erasure.key", "hub.db", "hub.db-wal", "hub.db-shm", "jobs.db"]), files.Keys.ToHashSet());
        Assert.All(files.Where(file => !file.Key.EndsWith(".json", StringComparison.Ordinal) && file.Key != "hub.lock"), file => Assert.Equal((file.Key, OwnerAlone), (file.Key, file.Value)));
    }

    [Fact]
    public void Files_that_others_could_read_are_closed_at_the_start_and_named()
    {
        foreach (var (name, mode) in new[] { ("erasure.key", OwnerAlone | UnixFileMode.GroupRead), ("hub.db", OwnerAlone | UnixFileMode.OtherRead), ("token.key", OwnerAlone), ("notes.txt", OwnerAlone | UnixFileMode.OtherRead) })
        {
            File.WriteAllText(Path.Combine(folder, name), "x");
            File.SetUnixFileMode(Path.Combine(folder, name), mode);
        }
        var log = new LogLines<PrivateFiles>();
        using var directory = DataDirectory.Hold(folder);
        new PrivateFiles(directory, log).Tighten();
        new PrivateFiles(directory, log).Tighten();
        Assert.Equal([$"Warning 7004 Others could read these files in {folder}: erasure.key, hub.db. They are the owner's alone now; consider whether what they hold is still a secret"], log.All);
        Assert.All(["erasure.key", "hub.db", "token.key"], name => Assert.Equal(OwnerAlone, File.GetUnixFileMode(Path.Combine(folder, name))));
        Assert.Equal(OwnerAlone | UnixFileMode.OtherRead, File.GetUnixFileMode(Path.Combine(folder, "notes.txt")));
    }

    [Fact]
    public void File_that_is_there_is_not_made_again_and_no_other_is_left()
    {
        var file = Path.Combine(folder, "one.key");
        PrivateFile.Create(file, "first");
        PrivateFile.Create(file, "second");
        Assert.Equal("first", File.ReadAllText(file));
        PrivateFile.Replace(file, "third");
        Assert.Equal(("third", OwnerAlone), (File.ReadAllText(file), File.GetUnixFileMode(file)));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Newest_key_seals_and_every_key_opens()
    {
        var seal = new TokenSeal(folder);
        var first = seal.Close("token one", "old"u8);
        seal.AddKey();
        var second = seal.Close("token one", "new"u8);
        Assert.Equal(("old", "new"), (Open(first), Open(second)));
        var keys = File.ReadAllLines(Path.Combine(folder, TokenSeal.FileName));
        Assert.Equal((2, OwnerAlone), (keys.Length, File.GetUnixFileMode(Path.Combine(folder, TokenSeal.FileName))));
        File.WriteAllText(Path.Combine(folder, TokenSeal.FileName), keys[1]);
        Assert.Equal("new", Open(second));
        Assert.Throws<TokenSealException>(() => Open(first));

        string Open(byte[] closed) => System.Text.Encoding.UTF8.GetString(new TokenSeal(folder).Open("token one", closed));
    }

    [Fact]
    public void What_was_sealed_before_keys_had_ids_still_opens()
    {
        var key = new byte[32];
        File.WriteAllText(Path.Combine(folder, TokenSeal.FileName), Convert.ToHexStringLower(key) + "\n");
        var closed = new byte[1 + 12 + 16 + 3];
        closed[0] = 1;
        using (var cipher = new System.Security.Cryptography.AesGcm(key, 16))
            cipher.Encrypt(closed.AsSpan(1, 12), "old"u8, closed.AsSpan(29), closed.AsSpan(13, 16), "token one"u8);
        var seal = new TokenSeal(folder);
        seal.AddKey();
        Assert.Equal("old"u8.ToArray(), seal.Open("token one", closed));
    }
}
