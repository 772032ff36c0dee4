using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class ObjectBodyTests
{
    private static readonly Payload Told = Payload.Parse("""{"id": 7, "note": "Größe \"L\"", "tags": [{"name": "vip"}, 1.50], "none": null}"""u8.ToArray());

    [Fact]
    public void Parts_stand_as_the_vendor_wrote_them()
    {
        var body = ObjectBody.Of(("order", Told.Raw()), ("first", Told["tags"].Items().First().Raw()), ("note", Told["note"].Raw()));
        Assert.Equal("""{"order":{"id": 7, "note": "Größe \"L\"", "tags": [{"name": "vip"}, 1.50], "none": null},"first":{"name": "vip"},"note":"Größe \"L\""}""", Encoding.UTF8.GetString(body.Span));
    }

    [Fact]
    public void Member_without_a_value_is_left_out_and_null_is_a_value() =>
        Assert.Equal("""{"none":null}""", Encoding.UTF8.GetString(ObjectBody.Of(("gone", null), ("none", Told["none"].Raw())).Span));

    [Fact]
    public void List_holds_its_items_in_order()
    {
        Assert.Equal("""[{"name": "vip"},1.50]""", Encoding.UTF8.GetString(ObjectBody.ListOf(Told["tags"].Items()).Span));
        Assert.Equal("[]", Encoding.UTF8.GetString(ObjectBody.ListOf([]).Span));
    }
}
