using IntegrationHub.Hub.Configuration;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace IntegrationHub.Hub.Ingest;

/// <summary>What came of reading a body.</summary>
internal abstract record BodyRead
{
    private BodyRead() { }

    /// <summary>All of it.</summary>
    public sealed record Whole(ReadOnlyMemory<byte> Body) : BodyRead;

    /// <summary>It is larger than a body may be.</summary>
    public sealed record TooLarge : BodyRead;

    /// <summary>It did not come to its end in time.</summary>
    public sealed record TooSlow : BodyRead;

    /// <summary>Others' bodies take all the room there is for them.</summary>
    public sealed record NoRoom : BodyRead;

    /// <summary>The request breaks the protocol.</summary>
    public sealed record Malformed(int Status) : BodyRead;
}

/// <summary>Reads the body of one request within limits of size, time and the room for all. What it takes of the room it gives back when it is disposed.</summary>
internal sealed class BodyReader(HttpContext context, BodyBudget budget, IOptions<HubOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>How long a body may take. Behind a proxy that buffers it is there at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int ChunkBytes = 81_920;

    private long taken;

    public async Task<BodyRead> ReadAsync()
    {
        var limit = options.Value.MaxBodyBytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit;
        if (context.Request.ContentLength > limit) return new BodyRead.TooLarge();
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            return context.Request.ContentLength is { } length ? await ReadExactlyAsync(length, either.Token) : await ReadToEndAsync(either.Token);
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode switch
            {
                413 => new BodyRead.TooLarge(),
                408 => new BodyRead.TooSlow(),
                _ => new BodyRead.Malformed(exception.StatusCode),
            };
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            return new BodyRead.TooSlow();
        }
    }

    public void Dispose() => budget.GiveBack(taken);

    private async Task<BodyRead> ReadExactlyAsync(long length, CancellationToken cancellationToken)
    {
        if (!TryTake(length)) return new BodyRead.NoRoom();
        var exact = new byte[length];
        await context.Request.Body.ReadExactlyAsync(exact, cancellationToken);
        return new BodyRead.Whole(exact);
    }

    // The stream grows by doubling, and its content is copied at the end: what is read counts twice.
    private async Task<BodyRead> ReadToEndAsync(CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        for (int read; (read = await context.Request.Body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (!TryTake(2L * read)) return new BodyRead.NoRoom();
            buffer.Write(chunk.AsSpan(..read));
        }
        return new BodyRead.Whole(buffer.ToArray());
    }

    private bool TryTake(long bytes)
    {
        if (!budget.TryTake(bytes)) return false;
        taken += bytes;
        return true;
    }
}
