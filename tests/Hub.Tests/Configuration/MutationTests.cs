using System.Text;
using IntegrationHub.Hub.Configuration;

namespace IntegrationHub.Hub.Tests.Configuration;

/// <summary>Whatever is in the file, loading ends in a result.</summary>
public sealed class MutationTests : IDisposable
{
    private const string Sample = """
        {
          // one of everything
          "$schema": "./data/connectors.schema.json",
          "connections": {
            "shop_eu": {
              "connector": "testshop", "enabled": true,
              "settings": { "webhookSecret": ["${SECRET}", "${UNSET:-é}"], "defaultCountry": "DE", "retries": 5, "rate": 2.5, "verbose": true, "note": "$${x}",
                "tolerance": "PT1M", "site": "https://shop.example", "mode": "dryRun", "tags": ["a"], "labels": {"a": "b"}, },
            },
            "crm": { "connector": "testcrm", "enabled": false, "settings": { "account": null } },
          },
          "identity": { "blockedEmails": ["info@example.com", "@example.org"], "trust": { "crm": 90 } },
        }
        """;

    private static readonly string[] Fragments =
        ["{", "}", "[", "]", "\"", ",", ":", "null", "1e400", "-", "0x1F", "NaN", "'a'", "//", "/*", "*/", "\\u0000", "\\ud800", "${", "}", "$${", "${A:-", "99999999999999999999999", "P9999999Y", "\0", "\r", "\n", "{\"a\":1}"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sample_itself_is_good() => Loading.Loaded(Sample, ("SECRET", "s"));

    [Fact]
    public void Truncated_file_is_refused_and_never_throws()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        for (var length = 0; length < bytes.Length; length++)
        {
            var failed = Assert.IsType<LoadResult.Failed>(Load(bytes[..length]));
            Assert.NotEmpty(failed.Errors);
        }
    }

    [Fact]
    public void File_with_changed_bytes_never_throws()
    {
        var random = new Random(7);
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Sample);
            for (var change = random.Next(1, 4); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            AssertResult(Load(bytes));
        }
    }

    [Fact]
    public void File_with_inserted_and_removed_fragments_never_throws()
    {
        var random = new Random(11);
        for (var round = 0; round < 5_000; round++)
        {
            var text = new StringBuilder(Sample);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var position = random.Next(text.Length - 20);
                text.Remove(position, random.Next(0, 20)).Insert(position, Fragments[random.Next(Fragments.Length)]);
            }
            AssertResult(Loading.Load(text.ToString(), ("SECRET", "s3cr3t-value")));
        }
    }

    private LoadResult Load(byte[] bytes)
    {
        File.WriteAllBytes(folder.File("connectors.json"), bytes);
        return Loading.Loader(("SECRET", "s3cr3t-value")).Load(folder.File("connectors.json"));
    }

    private static void AssertResult(LoadResult result)
    {
        if (result is not LoadResult.Failed failed) return;
        Assert.NotEmpty(failed.Errors);
        Assert.All(failed.Errors, error => Assert.InRange(error.Line, 0, 30));
        Assert.DoesNotContain("s3cr3t-value", string.Join('\n', failed.Errors));
        Assert.All(failed.Errors, error => Assert.DoesNotContain('\n', error.ToString()));
    }
}
