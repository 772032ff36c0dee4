using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IntegrationHub.Hub.Access;
using IntegrationHub.Hub.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Hosting;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>TLS, proxies in front of the hub, and the headers of its answers.</summary>
public sealed class AddressOfCallerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-tls-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(null, "203.0.113.9", "127.0.0.1", "http")]
    [InlineData("10.0.0.0/8", "203.0.113.9", "127.0.0.1", "http")]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9", "https")]
    [InlineData("127.0.0.0/8;::1", "198.51.100.1, 203.0.113.9", "203.0.113.9", "https")]
    [InlineData("127.0.0.1;203.0.113.0/24", "198.51.100.1, 203.0.113.9", "198.51.100.1", "https")]
    [InlineData("127.0.0.1", "nonsense", "127.0.0.1", "http")]
    public async Task Word_of_a_proxy_counts_when_it_is_trusted(string? trusted, string forwarded, string address, string scheme)
    {
        var seen = new TaskCompletionSource<(string, string)>();
        await using var hub = await TestHub.StartAsync("{}", customize: builder => builder.Services.AddSingleton<IStartupFilter>(new Look(context => seen.TrySetResult((ClientAddress.Of(context), context.Request.Scheme)))),
            settings: trusted is null ? [] : [$"--Hub:TrustedProxies={trusted}"]);
        using var message = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        message.Headers.Add("X-Forwarded-For", forwarded);
        message.Headers.Add("X-Forwarded-Proto", string.Join(", ", forwarded.Split(',').Select(_ => "https")));
        using var answer = await hub.Http.SendAsync(message);
        Assert.Equal((address, scheme), await seen.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(scheme == "https", answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Hub_serves_tls_with_a_certificate_of_kestrels_settings()
    {
        var (certificate, key) = (Path.Combine(folder, "hub.pem"), Path.Combine(folder, "hub-key.pem"));
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", own, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using (var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1))) await File.WriteAllTextAsync(certificate, made.ExportCertificatePem());
        await File.WriteAllTextAsync(key, own.ExportPkcs8PrivateKeyPem());
        await using var hub = await TestHub.StartAsync("{}", settings: ["--Hub:Urls=https://127.0.0.1:0", $"--Kestrel:Certificates:Default:Path={certificate}", $"--Kestrel:Certificates:Default:KeyPath={key}"]);
        using var expected = X509CertificateLoader.LoadCertificateFromFile(certificate);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetCertHashString() == expected.GetCertHashString();
        using var client = new HttpClient(handler) { BaseAddress = new Uri(hub.App.Urls.Single()) };
        using var answer = await client.GetAsync("/health/live");
        Assert.Equal((HttpStatusCode.OK, "https", "max-age=31536000"), (answer.StatusCode, client.BaseAddress.Scheme, answer.Headers.GetValues("Strict-Transport-Security").Single()));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/api/contacts")]
    [InlineData("/api/nothing")]
    [InlineData("/nothing")]
    [InlineData("/webhooks/nothing")]
    [InlineData("/oauth/callback?state=x")]
    public async Task Every_answer_carries_the_headers(string path)
    {
        await using var hub = await TestHub.StartAsync("{}");
        foreach (var client in new[] { hub.Http, hub.ClientWith(null) })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(
                ("nosniff", "DENY", "no-referrer", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'", "no-store"),
                (Header("X-Content-Type-Options"), Header("X-Frame-Options"), Header("Referrer-Policy"), Header("Content-Security-Policy"), answer.Headers.CacheControl?.ToString()));
            Assert.Null(Header("Server"));

            string? Header(string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;
        }
    }

    [Theory]
    [InlineData("10.0.0.1;192.168.0.0/16", 2)]
    [InlineData("::1", 1)]
    [InlineData("proxy.local", null)]
    [InlineData("10.0.0.0/33", null)]
    [InlineData(";", null)]
    public void Proxies_are_addresses_and_networks(string text, int? count) => Assert.Equal(count, TrustedProxies.Read(text)?.Count);

    private sealed class Look(Action<HttpContext> look) : IStartupFilter
    {
        // After the middleware of the hub there is nothing: it looks when the answer is made.
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Response.OnStarting(() =>
                {
                    look(context);
                    return Task.CompletedTask;
                });
                return following(context);
            });
            next(app);
        };
    }
}
