namespace IntegrationHub.Fuzzing.Mutators;

/// <summary>Values at the edge of what tools send, and beyond.</summary>
internal static class StrangeValues
{
    /// <summary>Stands in some values: no refusal may repeat it.</summary>
    public const string Mark = "planted-7f3a";

    /// <summary>Texts, for whatever encoding.</summary>
    public static readonly IReadOnlyList<string> Texts =
    [
        "", " ", "\0", "a\0b", "\t", "\r\n", "\u00a0", "\u200b", "\ufeff", "\u2028", "\u202e", "\ufffd", "\ud83d\ude00", "e\u0301", "\u0130", "\u00df", "\ufb00", "x", Mark, $"{Mark}@example.com",
        "0", "-0", "-1", "1.5", "1,5", "1e2", "1e400", "1e-400", "NaN", "Infinity", "0x1F", "٣", "1_000", "79228162514264337593543950335", "-79228162514264337593543950335", "79228162514264337593543950336", "0.0000000000000000000000000001",
        "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-62135596800", "253402300799", "253402300800", "7258118399", "7258118400", "1e10",
        "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.9999999-14:00", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2199-12-31T23:59:59.9999999Z", "2200-01-01T00:00:00Z",
        "2026-02-30", "2024-02-29", "2026-01-01", "2026-01-01T00:00:00", "2026-06-30T23:59:60Z", "2026-03-29T02:30:00", "2026-03-29 02:30:00", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00+99:99", "20261120", "11/20/2026", "20.11.2026",
        "true", "false", "yes", "null", "undefined", "XXX", "usd", "JPY", "BHD", "CLF", "EURO", "€", "DE", "ZZ", "de-DE", "Europe/Berlin", "Mars/Phobos", "UTC+25", "PT5M", "P9999999Y",
        "@", "a@b", "a@b@c", "\"a b\"@example.com", "ZOË@EXÄMPLE.COM", "a..b@example.com", "a@[127.0.0.1]", "a@xn--", "info@example.com", "zoe+1@example.com", "+", "+1", "+49 30 1234567", "0049 30 1234567", "030 1234567", "tel:+4930", "（０３０）１２３", "+999999999999999999999999",
        "http://", "https://[::1", "http://a b/", "http://exämple.example/%zz?%", "file:///etc/passwd", "http://x:99999/", "//x", "javascript:1", "https://example.com/a?utm_source=%F0%28&utm_medium=%00#f", "https://example.com/\ud83d\ude00",
        "${HOME}", "${", "$.a[*]", "{0}", "%s", "%", "%00", "%zz", "../..", "'; drop table contact;--", "<script>", "<![CDATA[", "&amp;", "&#0;", "=cmd|' /C calc'!A0", "[]", "{}", "{\"a\":1}", "[[]]", "a,b;c|d", ":", "/", "|", "\\", "\"", "'",
        new string('7', 300), new string('k', 3_000), new string('[', 500), string.Concat(Enumerable.Repeat("\ud83d\ude00", 700)), string.Concat(Enumerable.Repeat("a,", 2_000)),
    ];

    /// <summary>Values of JSON as they are written.</summary>
    public static readonly IReadOnlyList<string> Literals =
    [
        "null", "true", "false", "0", "-0", "7", "-1", "0.1", "1E2", "1e400", "1e-400", "-1e28", "7.9e28", "1.00000000000000000000000000000001", "2147483648", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "1784635200", "1784635200000", "253402300800",
        "\"\"", "[]", "[null]", "[1]", "[\"a\",\"a\"]", "[[]]", "[{}]", "{}", "{\"a\":{}}", "{\"\":\"\"}", "{\"a\":1,\"a\":\"b\"}", "{\"id\":7,\"email\":\"a@example.com\"}",
        "\"\\u0000\"", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\u202e\"", "NaN", "'a'", "01", "+1", ".5", "0x1F", "/**/1", "\"a", "{", "]", "",
    ];

    /// <summary>Bytes, for whatever has no structure.</summary>
    public static readonly IReadOnlyList<byte[]> Bytes =
    [
        [0], [0xff], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [0xc3], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xed, 0xb0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xf0, 0x9f, 0x98], [0x80], [0x1b], [0x7f],
        [(byte)'"'], [(byte)'\\'], [(byte)'{'], [(byte)'}'], [(byte)'['], [(byte)']'], [(byte)','], [(byte)':'], [(byte)'&'], [(byte)'='], [(byte)'%'], [(byte)'<'], [(byte)'>'], [(byte)'\r', (byte)'\n'], [(byte)'-', (byte)'-'], [(byte)'/', (byte)'*'],
    ];

    /// <summary>How often something is repeated, and how deep it is wrapped.</summary>
    public static readonly IReadOnlyList<int> Counts = [2, 3, 10, 62, 63, 64, 65, 100, 500, 2_000, 12_000];
}
