using System.Globalization;
using System.Net;
using System.Text;
using IntegrationHub.Connectors;
using IntegrationHub.Connectors.Tests.Conformance;
using Newtonsoft.Json.Linq;

namespace IntegrationHub.Fuzzing.Targets;

/// <summary>A question to a vendor's API with the answers on record, one of which is the input.</summary>
internal sealed class RecordedExchange
{
    /// <summary>When everything happens.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private const int MostCalls = 60;

    private readonly JObject ask;
    private readonly IReadOnlyList<FuzzInput> answers;
    private readonly int changed;

    private RecordedExchange(JObject ask, IReadOnlyList<FuzzInput> answers, int changed) => (this.ask, this.answers, this.changed) = (ask, answers, changed);

    public string Subject => Seed.Subject;

    /// <summary>The answer as the vendor gave it: the status is its address.</summary>
    public FuzzInput Seed => answers[changed];

    /// <summary>The exchange once for each of its answers.</summary>
    public static IEnumerable<RecordedExchange> Of(VendorFolder vendor, ExchangeCase exchange)
    {
        var folder = Path.Combine(vendor.File("Exchanges"), exchange.Name);
        var ask = JsonText.Read(Path.Combine(folder, "ask.json"));
        FuzzInput[] answers = [.. Enumerable.Range(1, 100).Select(number => (Number: number, File: Path.Combine(folder, $"{number}.response.http"))).TakeWhile(answer => File.Exists(answer.File)).Select(answer => ReadAnswer($"{exchange}#{answer.Number}", answer.File))];
        return answers.Select((_, changed) => new RecordedExchange(ask, answers, changed));
    }

    /// <summary>Asks, with the input in place of its answer.</summary>
    public Answer Ask(IWebhookSource source, FuzzInput input)
    {
        var access = (source as IVendorObjects)?.Api ?? throw new InvalidOperationException("The settings sample holds no key to the API.");
        using var vendor = new Vendor([.. answers.Select((answer, index) => index == changed ? input : answer)]);
        using var handler = new VendorHandler(access, new FixedTime()) { InnerHandler = vendor };
        try
        {
            // The answers are there: nothing waits.
            return AskAsync(source, VendorApi.Over(access, handler)).GetAwaiter().GetResult();
        }
        catch (VendorException exception)
        {
            return vendor.IsAskedWithoutEnd ? new Answer([], "", new Finding("asks the vendor without end", input.Subject)) : new Answer([], $"{exception.Fault} {EventRules.Blank(exception.Message)}", null);
        }
        catch (PayloadException exception)
        {
            return new Answer([], $"misread {EventRules.Blank(exception.Path)} {EventRules.Blank(exception.Problem)}", null);
        }
    }

    private async Task<Answer> AskAsync(IWebhookSource source, VendorApi api)
    {
        if (ask["backfill"] is not { } asked)
            return new Answer(await ((IHydrate)source).FetchAsync(new ObjectReference((string)ask["hydrate"]!["type"]!, (string)ask["hydrate"]!["id"]!), api, CancellationToken.None), "fetched", null);
        var request = new BackfillRequest((string)asked["stream"]!, Time(asked["since"]), Time(asked["until"]) ?? Now, (string?)asked["cursor"]);
        var page = await ((IBackfill)source).ReadAsync(request, api, CancellationToken.None);
        return page.Next switch
        {
            "" => new Answer([], "", new Finding("a cursor is blank", request.ToString())),
            var next when next is not null && next == request.Cursor && page.Objects.Count == 0 => new Answer([], "", new Finding("an empty page is followed by itself", request.ToString())),
            var next => new Answer(page.Objects, next is null ? "last page" : "page", null),
        };
    }

    private static DateTimeOffset? Time(JToken? token) => (string?)token is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    private static FuzzInput ReadAnswer(string subject, string file)
    {
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var (head, body) = text.IndexOf("\n\n", StringComparison.Ordinal) is var end and >= 0 ? (text[..end], text[(end + 2)..]) : (text.TrimEnd('\n'), "");
        var lines = head.Split('\n');
        return new FuzzInput(subject, lines[0], [.. lines.Skip(1).Select(line => line.Split(": ", 2)).Select(parts => KeyValuePair.Create(parts[0], parts[1]))], Encoding.UTF8.GetBytes(body.TrimEnd('\n')));
    }

    /// <summary>What came of asking.</summary>
    internal sealed record Answer(IReadOnlyList<VendorObject> Objects, string Feature, Finding? Finding);

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    // Gives one answer after the other, whatever is asked, and the last one again and again.
    private sealed class Vendor(IReadOnlyList<FuzzInput> answers) : HttpMessageHandler
    {
        private int asked;

        public bool IsAskedWithoutEnd => asked > MostCalls;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = answers[Math.Min(asked++, answers.Count - 1)];
            return Task.FromResult(IsAskedWithoutEnd ? new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new ByteArrayContent([]) } : Message(answer));
        }

        private static HttpResponseMessage Message(FuzzInput answer)
        {
            var status = int.TryParse(answer.Address.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 100 and < 600 ? number : 200;
            var message = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(answer.Body) };
            foreach (var (name, value) in answer.Headers)
            {
                // What is no header never comes through a client.
                if (value.AsSpan().ContainsAny('\r', '\n', '\0')) continue;
                if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
            }
            return message;
        }
    }
}
