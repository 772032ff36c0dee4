using System.Text;

namespace IntegrationHub.Connectors;

/// <summary>Calls a vendor's API: sets the headers and the key, and turns an answer that is no success into a <see cref="VendorException"/>.</summary>
/// <param name="access">How the API is reached. OAuth is not for this handler: one before it sets the token.</param>
/// <param name="time">The clock.</param>
public sealed class VendorHandler(ApiAccess access, TimeProvider time) : DelegatingHandler
{
    /// <summary>The longest answer that is read, in bytes.</summary>
    public const int MaxAnswerBytes = 32 * 1024 * 1024;

    /// <inheritdoc/>
    /// <exception cref="VendorException">The vendor did not give what it was asked for.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in access.Headers) Set(request, name, value);
        if (access.Credential is ApiCredential.Header header) Set(request, header.Name, header.Value);
        if (access.Credential is ApiCredential.Basic basic) Set(request, "Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{basic.User}:{basic.Password}")));
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken);
            ForgetUnknownCharset(response.Content);
            var answer = await AnswerAsync(response, cancellationToken);
            if (access.Judge?.Invoke(answer) is { } judged) throw judged;
            return answer.Fault() is { } fault ? throw fault : response;
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new VendorException(VendorFault.Misread, $"the vendor's answer is longer than {MaxAnswerBytes} bytes");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new VendorException(VendorFault.Unavailable, $"the vendor can't be reached ({Kind(exception)})");
        }
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private async Task<VendorAnswer> AnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers)) headers[name] = string.Join(", ", values);
        return new VendorAnswer((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync(cancellationToken), time.GetUtcNow());
    }

    // JSON is UTF-8, whatever an answer calls it; a name that nobody knows would make reading it fail.
    private static void ForgetUnknownCharset(HttpContent content)
    {
        if (content.Headers.ContentType is not { CharSet: { } charset } type) return;
        try
        {
            _ = Encoding.GetEncoding(charset.Trim('"'));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            type.CharSet = null;
        }
    }

    private static string Kind(Exception exception) => exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http ? http.HttpRequestError.ToString() : exception.GetType().Name;
}
