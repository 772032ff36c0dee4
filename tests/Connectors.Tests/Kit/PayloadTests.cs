using System.Globalization;
using System.Text;

namespace IntegrationHub.Connectors.Tests.Kit;

/// <summary>Typed reads. Every value stands at <c>$.list[1].value</c>, so that every error shows a nested path.</summary>
public sealed class PayloadTests
{
    private const string Unknown = "unknown";

    private static readonly Dictionary<string, Func<Payload, object?>> Reads = new(StringComparer.Ordinal)
    {
        ["Text"] = value => value.Text(),
        ["RequiredText"] = value => value.RequiredText(),
        ["Scalar"] = value => value.Scalar(),
        ["Id"] = value => value.Id(),
        ["RequiredId"] = value => value.RequiredId(),
        ["Decimal"] = value => value.Decimal(),
        ["Integer"] = value => value.Integer(),
        ["Flag"] = value => value.Flag(),
        ["Time"] = value => value.Time(),
        ["RequiredTime"] = value => value.RequiredTime(),
        ["EpochSeconds"] = value => value.EpochSeconds(),
        ["RequiredEpochSeconds"] = value => value.RequiredEpochSeconds(),
        ["Date"] = value => value.Date(),
    };

    private static readonly string[] Optional = ["Text", "Scalar", "Id", "Decimal", "Integer", "Flag", "Time", "EpochSeconds", "Date"];
    private static readonly string[] Required = ["RequiredText", "RequiredId", "RequiredTime", "RequiredEpochSeconds"];

    public static TheoryData<string, string?> UnknownValues
    {
        get
        {
            var rows = new TheoryData<string, string?>();
            foreach (var read in Optional.Concat(Required))
            {
                foreach (var value in new[] { null, "null", "\"\"", "\"  \"", "\"\\t\\n\"", "\"\\u00A0\"" }.Where(value => read != "Flag" || value is null or "null")) rows.Add(read, value);
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(UnknownValues))]
    public void Absent_null_and_blank_are_unknown(string read, string? value) =>
        Assert.Equal(Required.Contains(read) ? "$.list[1].value is missing" : Unknown, Outcome(read, value));

    [Theory]
    [InlineData("Text", "is not a text", "7", "7.5", "-0", "1e400", "true", "false", "[]", "{}", "[\"x\"]")]
    [InlineData("RequiredText", "is not a text", "7", "true", "[]", "{}")]
    [InlineData("Scalar", "is not a text", "[]", "{}", "[1]")]
    [InlineData("Id", "is not a text", "true", "false", "[]", "{}")]
    [InlineData("Id", "is not a whole number below 2^63", "7.5", "7.0", "1e3", "9223372036854775808", "-9223372036854775809", "1e400")]
    [InlineData("RequiredId", "is not a whole number below 2^63", "7.5", "18446744073709551615")]
    [InlineData("Decimal", "is not a text", "true", "[]", "{}")]
    [InlineData("Decimal", "is not a decimal number that can be held", "1e400", "79228162514264337593543950336", "-79228162514264337593543950336", "1e29")]
    [InlineData("Decimal", "is not a decimal number, or is too large for one",
        "\"x\"", "\"1,5\"", "\"1,000.00\"", "\"1 000\"", "\"€5\"", "\"(5)\"", "\"5-\"", "\"0x10\"", "\"NaN\"", "\"Infinity\"", "\"1e400\"", "\"79228162514264337593543950336\"", "\"٥\"", "\"--5\"", "\".\"")]
    [InlineData("Integer", "is not a text", "true", "[]", "{}")]
    [InlineData("Integer", "is not a whole number below 2^63", "7.5", "7.0", "1e3", "9223372036854775808")]
    [InlineData("Integer", "is not a whole number, or is beyond 2^63", "\"x\"", "\"7.0\"", "\"1e3\"", "\"1 000\"", "\"1,000\"", "\"9223372036854775808\"", "\"(7)\"", "\"٧\"")]
    [InlineData("Flag", "is not true or false", "\"true\"", "\"\"", "1", "0", "[]", "{}")]
    [InlineData("Time", "is not a text", "1795262400", "true", "[]", "{}")]
    [InlineData("EpochSeconds", "is not a text", "true", "[]", "{}")]
    [InlineData("EpochSeconds", "is not a whole number below 2^63", "1795262400.5")]
    [InlineData("Date", "is not a text", "20261121", "true", "[]", "{}")]
    public void Value_that_does_not_fit_is_an_error_with_its_path(string read, string problem, params string[] values) =>
        Assert.All(values, value => Assert.Equal($"$.list[1].value {problem}", Outcome(read, value)));

    [Theory]
    [InlineData("Text", "\" x \"", "x")]
    [InlineData("Text", "\"\\u00A0Zo\\u00eb 鍵 \\ud83d\\ude00\\n\"", "Zoë 鍵 😀")]
    [InlineData("Text", "\"null\"", "null")]
    [InlineData("Text", "\"0\"", "0")]
    [InlineData("RequiredText", "\" x \"", "x")]
    [InlineData("Scalar", "\" x \"", "x")]
    [InlineData("Scalar", "7", "7")]
    [InlineData("Scalar", "7.50", "7.50")]
    [InlineData("Scalar", "-0.0e+1", "-0.0e+1")]
    [InlineData("Scalar", "1e400", "1e400")]
    [InlineData("Scalar", "123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("Scalar", "true", "true")]
    [InlineData("Scalar", "false", "false")]
    [InlineData("Id", "7", "7")]
    [InlineData("Id", "0", "0")]
    [InlineData("Id", "-1", "-1")]
    [InlineData("Id", "9007199254740993", "9007199254740993")]
    [InlineData("Id", "9223372036854775807", "9223372036854775807")]
    [InlineData("Id", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("Id", "\" 007 \"", "007")]
    [InlineData("Id", "\"9223372036854775808\"", "9223372036854775808")]
    [InlineData("Id", "\"gid://shopify/Order/1\"", "gid://shopify/Order/1")]
    [InlineData("RequiredId", "450789469", "450789469")]
    [InlineData("Decimal", "7", "7")]
    [InlineData("Decimal", "12.30", "12.30")]
    [InlineData("Decimal", "-0.01", "-0.01")]
    [InlineData("Decimal", "1.5e3", "1500")]
    [InlineData("Decimal", "0.1234567890123456789012345678", "0.1234567890123456789012345678")]
    [InlineData("Decimal", "1234567890123456789012345678", "1234567890123456789012345678")]
    [InlineData("Decimal", "79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("Decimal", "0.30000000000000004", "0.30000000000000004")]
    [InlineData("Decimal", "\"12.30\"", "12.30")]
    [InlineData("Decimal", "\" -0.01 \"", "-0.01")]
    [InlineData("Decimal", "\"+5\"", "5")]
    [InlineData("Decimal", "\".5\"", "0.5")]
    [InlineData("Decimal", "\"5.\"", "5")]
    [InlineData("Decimal", "\"1e3\"", "1000")]
    [InlineData("Decimal", "\"0.1234567890123456789012345678\"", "0.1234567890123456789012345678")]
    [InlineData("Decimal", "\"79228162514264337593543950335\"", "79228162514264337593543950335")]
    [InlineData("Integer", "7", "7")]
    [InlineData("Integer", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("Integer", "\" 9223372036854775807 \"", "9223372036854775807")]
    [InlineData("Integer", "\"-7\"", "-7")]
    [InlineData("Integer", "\"+7\"", "7")]
    [InlineData("Integer", "\"007\"", "7")]
    [InlineData("Flag", "true", "True")]
    [InlineData("Flag", "false", "False")]
    [InlineData("Date", "\"1990-02-03\"", "1990-02-03")]
    [InlineData("Date", "\" 2024-02-29 \"", "2024-02-29")]
    [InlineData("Date", "\"1850-01-01\"", "1850-01-01")]
    [InlineData("Date", "\"2199-12-31\"", "2199-12-31")]
    public void Value_that_fits_is_read(string read, string value, string expected) => Assert.Equal(expected, Outcome(read, value));

    [Theory]
    [InlineData("1849-12-31")]
    [InlineData("2200-01-01")]
    [InlineData("0000-00-00")]
    [InlineData("2026-02-29")]
    [InlineData("2026-13-01")]
    [InlineData("2026-1-1")]
    [InlineData("03.02.1990")]
    [InlineData("03/02/1990")]
    [InlineData("19900203")]
    [InlineData("1990-02-03T00:00:00Z")]
    [InlineData("-990-02-03")]
    public void Text_that_is_no_calendar_date_is_an_error(string text) =>
        Assert.Equal("$.list[1].value is not a date between 1850 and 2200", Outcome("Date", $"\"{text}\""));

    [Theory]
    [InlineData("2026-11-21T12:00:00Z")]
    [InlineData("2026-11-21T12:00:00.0000000+00:00")]
    [InlineData("/Date(1795262400000)/")]
    [InlineData("21.11.2026")]
    [InlineData("1795262400")]
    [InlineData("1e3")]
    [InlineData("true")]
    public void Text_that_looks_like_something_else_stays_a_text(string text)
    {
        foreach (var read in new[] { "Text", "RequiredText", "Scalar", "Id", "RequiredId" }) Assert.Equal(text, Outcome(read, $"\"{text}\""));
    }

    [Fact]
    public void Path_names_members_and_positions()
    {
        var root = Given.Json("""{"a":{"b":[[{"c d":1}],[0,{"":null}]]}}""");
        Assert.Equal("$", root.Path);
        Assert.Equal("$.a.b", root["a"]["b"].Path);
        var lists = root["a"]["b"].Items().ToList();
        Assert.Equal("$.a.b[1]", lists[1].Path);
        Assert.Equal("$.a.b[0][0].c d", lists[0].Items().Single()["c d"].Path);
        Assert.Equal("$.a.b[1][1].", lists[1].Items().Last()[""].Path);
        Assert.Equal("$.x.y.z", root["x"]["y"]["z"].Path);
        Assert.Equal("$.a.b[0][0].c d is missing", lists[0].Items().Single()["c d"].Missing().Message);
        Assert.Equal("$.a is not what is wanted", root["a"].Not("what is wanted").Message);
    }

    [Fact]
    public void Error_holds_path_and_problem_apart_and_never_the_value()
    {
        var error = Assert.Throws<PayloadException>(() => Given.Json("""{"person":{"age":"Zoë Müller"}}""")["person"]["age"].Integer());
        Assert.Equal(("$.person.age", "is not a whole number, or is beyond 2^63"), (error.Path, error.Problem));
        Assert.Equal($"{error.Path} {error.Problem}", error.Message);
        Assert.DoesNotContain("Zoë", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Member_of_anything_but_an_object_is_unknown()
    {
        foreach (var json in new[] { "null", "7", "true", "\"x\"", "[]", "[{\"a\":1}]", "{}" })
        {
            var member = Given.Json(json)["a"]["b"];
            Assert.False(member.Exists);
            Assert.Null(member.Text());
            Assert.Empty(member.Items());
            Assert.Empty(member.Members());
        }
    }

    [Theory]
    [InlineData("null", false, false, false, false)]
    [InlineData("\"\"", true, false, true, false)]
    [InlineData("0", true, false, false, false)]
    [InlineData("false", true, false, false, false)]
    [InlineData("[]", true, false, false, true)]
    [InlineData("{}", true, true, false, false)]
    public void Kind_of_a_value_can_be_asked(string json, bool exists, bool isObject, bool isText, bool isList)
    {
        var value = Given.Json(json);
        Assert.Equal((exists, isObject, isText, isList), (value.Exists, value.IsObject, value.IsText, value.IsList));
    }

    [Fact]
    public void Items_come_in_their_order_with_their_positions()
    {
        var items = Given.Json("""{"tags":["b",null,"a"]}""")["tags"].Items().ToList();
        Assert.Equal(["b", null, "a"], items.Select(item => item.Text()));
        Assert.Equal(["$.tags[0]", "$.tags[1]", "$.tags[2]"], items.Select(item => item.Path));
    }

    [Fact]
    public void Members_come_in_the_order_sent_doubles_included()
    {
        var members = Given.Json("""{"b":1,"a":2,"b":3}""").Members().ToList();
        Assert.Equal([("b", 1), ("a", 2), ("b", 3)], members.Select(member => (member.Name, member.Value.Integer())));
        Assert.Equal(["$.b", "$.a", "$.b"], members.Select(member => member.Value.Path));
    }

    [Fact]
    public void Items_and_members_of_the_wrong_kind_are_errors_at_once()
    {
        foreach (var json in new[] { "7", "\"\"", "true", "{}" })
            Assert.Equal("$.a is not a list", Assert.Throws<PayloadException>(() => Given.Json($"{{\"a\":{json}}}")["a"].Items()).Message);
        foreach (var json in new[] { "7", "\"\"", "true", "[]" })
            Assert.Equal("$.a is not an object", Assert.Throws<PayloadException>(() => Given.Json($"{{\"a\":{json}}}")["a"].Members()).Message);
    }

    [Fact]
    public void Of_a_member_sent_twice_the_last_counts() =>
        Assert.Equal("second", Given.Json("""{"a":"first","a":"second"}""")["a"].Text());

    [Fact]
    public void Name_of_a_member_is_exact_and_may_be_escaped()
    {
        var payload = Given.Json("""{"Email":"1","e\u006dail":"2","e.mail":"3","é":"4"}""");
        Assert.Equal(["1", "2", "3", "4", null], new[] { "Email", "email", "e.mail", "é", "EMAIL" }.Select(name => payload[name].Text()));
    }

    private static string Outcome(string read, string? value)
    {
        var document = Given.Json(value is null ? """{"list":[0,{}]}""" : $$"""{"list":[0,{"value":{{value}}}]}""");
        try
        {
            return Reads[read](document["list"].Items().ElementAt(1)["value"]) switch
            {
                null => Unknown,
                DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                var result => Convert.ToString(result, CultureInfo.InvariantCulture)!,
            };
        }
        catch (PayloadException exception)
        {
            return exception.Message;
        }
    }
}
