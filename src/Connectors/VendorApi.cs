using RestEase;

namespace IntegrationHub.Connectors;

/// <summary>A vendor's API as a connector calls it: the hub has put the key, the limits and the retries behind it.</summary>
/// <param name="http">Calls the vendor.</param>
public sealed class VendorApi(HttpClient http)
{
    /// <summary>An API.</summary>
    /// <param name="access">How it is reached.</param>
    /// <param name="handler">What calls the vendor, a <see cref="VendorHandler"/> in it. It keeps the time: the client waits without end.</param>
    public static VendorApi Over(ApiAccess access, HttpMessageHandler handler)
    {
        var address = access.Address.AbsoluteUri;
        return new VendorApi(new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri(address.EndsWith('/') ? address : address + "/"), Timeout = Timeout.InfiniteTimeSpan });
    }

    /// <summary>The API by its interface, as RestEase declares them. Paths do not begin with a slash. Methods return <see cref="Payload"/>; an answer without a body is one that does not exist.</summary>
    /// <typeparam name="T">The interface.</typeparam>
    public T As<T>() => new RestClient(http) { ResponseDeserializer = new PayloadDeserializer() }.For<T>();

    private sealed class PayloadDeserializer : ResponseDeserializer
    {
        public override T Deserialize<T>(string? content, HttpResponseMessage response, ResponseDeserializerInfo info)
        {
            if (typeof(T) != typeof(Payload)) throw new NotSupportedException($"A vendor's answer is read as {nameof(Payload)}, not as {typeof(T)}.");
            return (T)(object)Read(content);
        }

        private static Payload Read(string? content)
        {
            try
            {
                return Payload.Parse(string.IsNullOrWhiteSpace(content) ? "null"u8.ToArray() : System.Text.Encoding.UTF8.GetBytes(content));
            }
            catch (PayloadException exception)
            {
                throw new VendorException(VendorFault.Misread, $"the vendor's answer {exception.Problem}");
            }
        }
    }
}
