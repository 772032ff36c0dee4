namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class EventIdsTests
{
    private static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    private static readonly Guid Url = new("6ba7b811-9dad-11d1-80b4-00c04fd430c8");
    private static readonly Guid Oid = new("6ba7b812-9dad-11d1-80b4-00c04fd430c8");

    // The first is of RFC 9562, appendix A.4; the others with Python's uuid.uuid5.
    public static TheoryData<Guid, string, string> Vectors => new()
    {
        { Dns, "www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2" },
        { Dns, "python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d" },
        { Oid, "", "0a68eb57-c88a-5f34-9e9d-27f85e68af4f" },
        { Url, "https://example.com/Zoë/鍵/😀", "c5f6e581-6cf5-5cc3-b829-b7d644a19a5f" },
        { Url, new string('x', 256), "5bc00cf8-172e-5ec5-a83b-880b0bb07b4a" },
        { Url, new string('x', 257), "29fecd5f-8279-5727-8152-faecb6170859" },
        { Url, new string('鍵', 256), "4401af79-1eaf-5261-854c-bf962f45ad65" },
        { Url, new string('鍵', 257), "3b100eaa-ff15-57fa-9a68-d7b95faacd14" },
        { Url, new string('é', 100_000), "9fb613f4-6897-52cb-be0e-042c1fc5dec8" },
    };

    [Theory, MemberData(nameof(Vectors))]
    public void Version_5_ids_are_those_of_other_implementations(Guid space, string name, string expected) =>
        Assert.Equal(new Guid(expected), EventIds.Version5(space, name));

    [Fact]
    public void Id_of_a_fact_never_changes() =>
        // uuid5(6f0a9f3e-2f0b-5d0e-9c59-1d5c7b9c2a11, "shop_eu\norders/450789469/placed"): stored records depend on it.
        Assert.Equal(new Guid("c903b763-6b31-554a-b364-58f4a5d486b3"), EventIds.Of("shop_eu", "orders/450789469/placed"));

    [Fact]
    public void Ids_have_version_and_variant_and_do_not_collide()
    {
        var ids = new HashSet<Guid>();
        foreach (var connection in new[] { "shop", "shop_eu", "crm", "forms" })
        {
            for (var i = 0; i < 25_000; i++)
            {
                foreach (var key in new[] { $"orders/{i}/placed", $"orders/{i}/paid" })
                {
                    var id = EventIds.Of(connection, key);
                    Assert.True(ids.Add(id), $"{connection} {key} has the id of another fact.");
                    if (id.Version != 5 || (id.Variant & 0b1100) != 0b1000) Assert.Fail($"{id} is no UUIDv5.");
                }
            }
        }
        Assert.Equal(200_000, ids.Count);
    }

    [Theory]
    [InlineData("shop", "orders/1", "shop", "orders/2")]
    [InlineData("shop", "orders/1", "shop2", "orders/1")]
    [InlineData("shop", "orders/1", "shop", "Orders/1")]
    [InlineData("shop", "orders/1", "shop", "orders/1 ")]
    [InlineData("a", "bc", "ab", "c")]
    [InlineData("a", "", "", "a")]
    [InlineData("shop", "é", "shop", "e\u0301")]
    public void Another_connection_or_key_is_another_fact(string connection, string key, string otherConnection, string otherKey) =>
        Assert.NotEqual(EventIds.Of(connection, key), EventIds.Of(otherConnection, otherKey));

    [Fact]
    public void Only_a_newline_in_the_name_of_a_connection_could_confuse_it_with_the_key()
    {
        // Names are [a-z][a-z0-9_]*, which the configuration checks; keys may hold any text.
        Assert.Equal(EventIds.Of("a", "b\nc"), EventIds.Of("a\nb", "c"));
        Assert.NotEqual(EventIds.Of("a", "b\nc"), EventIds.Of("a_b", "c"));
    }
}
