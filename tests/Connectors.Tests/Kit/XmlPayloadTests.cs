using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

public sealed class XmlPayloadTests
{
    private const string Document = """
        <?xml version="1.0" encoding="UTF-8"?>
        <s:Envelope xmlns:s="urn:soap" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <s:Body kind="notice" other:kind="else" xmlns:other="urn:other">
            <Item xsi:type="sf:Contact"><Id> 7 </Id><Name>Zoë &amp; <![CDATA[<Co>]]></Name><At>2026-11-20T15:20:02.000+01:00</At><Born>1988-04-17</Born><Sum>12.50</Sum><Count>3</Count><Is>true</Is></Item>
            <Item><Id xsi:nil="true"/><Name></Name><Is>0</Is></Item>
          </s:Body>
        </s:Envelope>
        """;

    private static readonly XmlPayload Body = Read(Document)["Envelope"]["Body"];

    [Fact]
    public void Elements_are_found_without_their_namespace_and_read_by_type()
    {
        var item = Body["Item"];
        Assert.Equal(("7", "Zoë & <Co>"), (item["Id"].RequiredText(), item["Name"].Text()));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 14, 20, 2, TimeSpan.Zero), item["At"].Time());
        Assert.Equal((new DateOnly(1988, 4, 17), 12.50m, 3, true), (item["Born"].Date(), item["Sum"].Decimal(), item["Count"].Integer(), item["Is"].Flag()));
        Assert.False(Body.Items("Item")[1]["Is"].Flag());
        Assert.Equal(["Item", "Item"], Body.Children().Select(child => child.Name));
        Assert.Empty(Body["Absent"].Children());
    }

    [Fact]
    public void Attributes_of_the_schema_instance_come_before_others_of_their_name()
    {
        Assert.Equal(("sf:Contact", "notice"), (Body["Item"].Attribute("type"), Body.Attribute("kind")));
        Assert.Null(Body.Attribute("other"));
        Assert.Equal("right", Read("<a type='wrong' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='right'/>")["a"].Attribute("type"));
    }

    [Fact]
    public void Absent_blank_and_nil_are_unknown()
    {
        var item = Body.Items("Item")[1];
        foreach (var unknown in new[] { item["Id"], item["Name"], item["Absent"], item["Absent"]["Below"] })
        {
            Assert.Null(unknown.Text());
            Assert.Equal(((decimal?)null, (long?)null, (bool?)null, (DateTimeOffset?)null, (DateOnly?)null), (unknown.Decimal(), unknown.Integer(), unknown.Flag(), unknown.Time(), unknown.Date()));
        }
        Assert.Equal((false, true, false), (item["Id"].Exists, item["Name"].Exists, item["Absent"].Exists));
    }

    [Fact]
    public void Errors_name_the_path_and_not_the_value()
    {
        Assert.Equal("$.Envelope.Body.Item[1].Id is missing", Throws(() => Body.Items("Item")[1]["Id"].RequiredText()));
        Assert.Equal("$.Envelope.Body.Item[0].Name is not a decimal number, or is too large for one", Throws(() => Body["Item"]["Name"].Decimal()));
        Assert.Equal("$.Envelope.Body.Item[0].Name is not true or false", Throws(() => Body["Item"]["Name"].Flag()));
        Assert.Equal("$.Envelope.Body is not a text", Throws(() => Body.Text()));
        Assert.Equal("$.Envelope.Body.Item[0].Absent.Below is missing", Throws(() => Body["Item"]["Absent"]["Below"].RequiredText()));
    }

    [Theory]
    [InlineData("", "$ is empty, or has a DTD, which is not read")]
    [InlineData("{}", "$ is not XML that can be read: line 1, character 1")]
    [InlineData("<a>\n</b>", "$ is not XML that can be read: line 2, character 3")]
    [InlineData("<a/><b/>", "$ is not XML that can be read: line 1, character 6")]
    [InlineData("<a>&unknown;</a>", "$ is not XML that can be read: line 1, character 5")]
    [InlineData("<a>&#xD83D;</a>", "$ is not XML that can be read: line 1, character 7")]
    [InlineData("<a>&#0;</a>", "$ is not XML that can be read: line 1, character 6")]
    [InlineData("<a b='1' b='2'/>", "$ is not XML that can be read: line 1, character 10")]
    [InlineData("<!DOCTYPE a><a/>", "$ is empty, or has a DTD, which is not read")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/hostname\"><a/>", "$ is empty, or has a DTD, which is not read")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>", "$ is empty, or has a DTD, which is not read")]
    public void What_is_not_plain_xml_is_refused_with_its_place(string document, string problem) => Assert.Equal(problem, Throws(() => Read(document)));

    [Fact]
    public void Bytes_that_are_not_utf_8_are_refused_whatever_the_document_says_of_itself()
    {
        Assert.Equal("$ is not UTF-8", Throws(() => XmlPayload.Parse(Encoding.Latin1.GetBytes("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Zoë</a>"))));
        Assert.Equal("$ is not UTF-8", Throws(() => XmlPayload.Parse((byte[])[0xff, 0xfe, .. Encoding.Unicode.GetBytes("<a/>")])));
        Assert.Equal("Zoë", XmlPayload.Parse((byte[])[0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>Zoë</a>")])["a"].Text());
    }

    [Theory]
    [InlineData(XmlPayload.MaxDepth, true)]
    [InlineData(XmlPayload.MaxDepth + 1, false)]
    [InlineData(1_000_000, false)]
    public void Nesting_is_limited(int depth, bool isRead)
    {
        var document = string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
        if (isRead) Assert.True(Read(document)["a"].Exists);
        else Assert.Equal("$ is nested deeper than 64", Throws(() => Read(document)));
    }

    [Theory]
    [InlineData(XmlPayload.MaxNodes - 1, true)]
    [InlineData(XmlPayload.MaxNodes, false)]
    public void Number_of_elements_is_limited(int below, bool isRead)
    {
        var document = $"<a>{string.Concat(Enumerable.Repeat("<b/>", below))}</a>";
        if (isRead) Assert.Equal(below, Read(document)["a"].Children().Count);
        else Assert.Equal("$ has more than 200000 elements and attributes", Throws(() => Read(document)));
    }

    [Fact]
    public void Changed_bytes_never_throw_anything_else()
    {
        foreach (var body in Given.Mutations(Encoding.UTF8.GetBytes(Document), count: 3_000, seed: 37))
        {
            try
            {
                var root = XmlPayload.Parse(body)["Envelope"]["Body"];
                foreach (var item in root.Items("Item")) _ = (item["Id"].Exists, item["At"].Exists, item.Path);
            }
            catch (PayloadException)
            {
                // That is what it may throw.
            }
        }
    }

    private static XmlPayload Read(string document) => XmlPayload.Parse(Encoding.UTF8.GetBytes(document));

    private static string Throws(Action act) => Assert.Throws<PayloadException>(act).Message;
}
