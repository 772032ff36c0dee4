using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IntegrationHub.Connectors.Shopify;

/// <summary>Writes a body the way Shopify does: amounts as text, times with the shop's offset, letters unescaped.</summary>
internal sealed class JsonBody
{
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan ShopOffset = TimeSpan.FromHours(-5);

    private readonly Utf8JsonWriter writer;

    private JsonBody(Utf8JsonWriter writer) => this.writer = writer;

    public static ReadOnlyMemory<byte> Of(Action<JsonBody> members)
    {
        var buffer = new ArrayBufferWriter<byte>(8192);
        using (var json = new Utf8JsonWriter(buffer, Unescaped)) Write(json, members);
        return buffer.WrittenMemory;
    }

    public JsonBody Set(string name, string? value)
    {
        writer.WriteString(name, value);
        return this;
    }

    public JsonBody Set(string name, long value)
    {
        writer.WriteNumber(name, value);
        return this;
    }

    public JsonBody Set(string name, bool value)
    {
        writer.WriteBoolean(name, value);
        return this;
    }

    public JsonBody Set(string name, DateTimeOffset value) => Set(name, value.ToOffset(ShopOffset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

    public JsonBody Amount(string name, decimal value) => Set(name, value.ToString("0.00", CultureInfo.InvariantCulture));

    /// <summary>An amount in the shop's currency and in the buyer's, which are the same here.</summary>
    public JsonBody AmountSet(string name, decimal value) => Object(name, set => set
        .Object("shop_money", money => money.Amount("amount", value).Set("currency_code", "EUR"))
        .Object("presentment_money", money => money.Amount("amount", value).Set("currency_code", "EUR")));

    /// <summary>An amount, and the same as a set.</summary>
    public JsonBody AmountAndSet(string name, decimal value) => Amount(name, value).AmountSet($"{name}_set", value);

    public JsonBody Null(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) writer.WriteNull(name);
        return this;
    }

    public JsonBody Object(string name, Action<JsonBody> members)
    {
        writer.WritePropertyName(name);
        Write(writer, members);
        return this;
    }

    public JsonBody Empty(params ReadOnlySpan<string> lists)
    {
        foreach (var name in lists)
        {
            writer.WriteStartArray(name);
            writer.WriteEndArray();
        }
        return this;
    }

    public JsonBody List<T>(string name, IEnumerable<T> items, Action<JsonBody, T> members)
    {
        writer.WriteStartArray(name);
        foreach (var item in items) Write(writer, body => members(body, item));
        writer.WriteEndArray();
        return this;
    }

    public JsonBody Texts(string name, params ReadOnlySpan<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
        return this;
    }

    private static void Write(Utf8JsonWriter json, Action<JsonBody> members)
    {
        json.WriteStartObject();
        members(new JsonBody(json));
        json.WriteEndObject();
    }
}
