using System.Text;

namespace IntegrationHub.Hub.Tests.Telemetry;

/// <summary>A span as it was sent.</summary>
internal sealed record SentSpan(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes, int Links)
{
    /// <summary>The spans of an ExportTraceServiceRequest: opentelemetry-proto, trace/v1/trace.proto.</summary>
    public static IEnumerable<SentSpan> Read(byte[] request) =>
        from resource in Fields(request).Where(field => field.Number == 1)
        from scope in Fields(resource.Bytes).Where(field => field.Number == 2)
        from span in Fields(scope.Bytes).Where(field => field.Number == 2)
        select Of([.. Fields(span.Bytes)]);

    private static SentSpan Of(List<Field> fields) => new(
        Hex(fields, 1), Hex(fields, 2), Hex(fields, 4), Text(fields, 5),
        fields.Where(field => field.Number == 9).Select(field => Fields(field.Bytes).ToList()).ToDictionary(pair => Text(pair, 1), Value),
        fields.Count(field => field.Number == 13));

    private static string Value(List<Field> pair)
    {
        var value = Fields(pair.Single(field => field.Number == 2).Bytes).Single();
        return value.Number == 1 ? Encoding.UTF8.GetString(value.Bytes) : value.Whole.ToString();
    }

    private static string Hex(List<Field> fields, int number) => Convert.ToHexStringLower(fields.Find(field => field.Number == number).Bytes ?? []);

    private static string Text(List<Field> fields, int number) => Encoding.UTF8.GetString(fields.Find(field => field.Number == number).Bytes ?? []);

    private static IEnumerable<Field> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Whole(message, ref at);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return new Field(number, [], Whole(message, ref at));
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Whole(message, ref at);
                    yield return new Field(number, message[at..(at + length)], 0);
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException("This is no protocol buffer.");
            }
        }
    }

    private static ulong Whole(byte[] message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var part = message[at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128) return value;
            shift += 7;
        }
    }

    private readonly record struct Field(int Number, byte[] Bytes, ulong Whole);
}
