using System.Net.Http.Headers;
using IntegrationHub.Hub.Limits;

namespace IntegrationHub.Hub.Access;

/// <summary>Stands before all endpoints and lets a request through when its key is enough for what the endpoint declares. Nothing of the request but its headers was read by then.</summary>
internal sealed class AccessGate(ApiKeys keys, TimeProvider time, ILogger<AccessGate> logger)
{
    // A person mistypes a key now and then; who guesses has to be slow.
    private const int Burst = 30;
    private const int SecondsForOne = 10;

    private readonly AddressBudgets wrongKeys = new(Burst, TimeSpan.FromSeconds(SecondsForOne), time);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (RoleFor(context) is not { } needed)
        {
            await next(context);
            return;
        }
        var address = ClientAddress.Of(context);
        var given = Given(context.Request);
        var caller = given is null ? null : keys.Find(given);
        // A key of 256 random bits is not guessed, whoever else sends wrong ones from the same address. One that a person chose may be.
        if (caller is null ? given is not null && !TakeWrong(address) : keys.IsChosen(caller) && !wrongKeys.Has(address)) await TooManyAsync(context);
        else if (caller is null) await UnknownAsync(context);
        else if (caller.Role < needed) await NotEnoughAsync(context, caller, needed);
        else await GoOnAsync(context, caller, next);
    }

    // What nobody declared is for admins, and a path of the API that leads nowhere is told to holders of a key alone.
    private static Role? RoleFor(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var access = endpoint?.Metadata.GetMetadata<EndpointAccess>();
        if (access?.Role is { } role) return role;
        if (AccessRules.IsOwn(context.Request.Path)) return Role.Viewer;
        return endpoint is null || access is not null ? null : Role.Admin;
    }

    private static string? Given(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
        && header.Parameter is { Length: > 0 } given ? given : null;

    private bool TakeWrong(string address)
    {
        if (!wrongKeys.TryTake(address)) return false;
        if (!wrongKeys.Has(address)) Log.ManyWrongKeys(logger, address);
        return true;
    }

    private static Task GoOnAsync(HttpContext context, Caller caller, RequestDelegate next)
    {
        context.Features.Set(caller);
        return next(context);
    }

    private static Task UnknownAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemAsync(context, 401, "Send the key as 'Authorization: Bearer <key>'. The hub printed at its start where the key is.");
    }

    private Task NotEnoughAsync(HttpContext context, Caller caller, Role needed)
    {
        Log.NotEnough(logger, caller.KeyId ?? caller.Name, context.GetEndpoint()?.DisplayName ?? "", RoleText.Write(caller.Role));
        return ProblemAsync(context, 403, $"This needs the role {RoleText.Write(needed)}, and the key's role is {RoleText.Write(caller.Role)}.");
    }

    private static Task TooManyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = SecondsForOne.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return ProblemAsync(context, 429, "Too many wrong keys came from this address. Wait a little.");
    }

    private static Task ProblemAsync(HttpContext context, int status, string detail) => Results.Problem(statusCode: status, detail: detail).ExecuteAsync(context);
}
