using System.Text.RegularExpressions;

namespace IntegrationHub.VendorStub;

/// <summary>Which requests are meant. Patterns are exact texts in which <c>*</c> stands for any run of characters and <c>?</c> for one.</summary>
public sealed class Request
{
    private readonly List<(string What, Func<LoggedRequest, bool> Holds)> conditions = [];

    private Request() { }

    /// <summary>Any request.</summary>
    public static Request Create() => new();

    /// <summary>The path, without the query, is one of these patterns.</summary>
    public Request WithPath(params string[] patterns) => With(string.Join(" or ", patterns), request => patterns.Any(pattern => Fits(request.Path, pattern)));

    /// <summary>By this method.</summary>
    public Request UsingMethod(string method) => With(method, request => request.Method == method);

    /// <summary>By GET.</summary>
    public Request UsingGet() => UsingMethod("GET");

    /// <summary>By POST.</summary>
    public Request UsingPost() => UsingMethod("POST");

    /// <summary>By PUT.</summary>
    public Request UsingPut() => UsingMethod("PUT");

    /// <summary>By PATCH.</summary>
    public Request UsingPatch() => UsingMethod("PATCH");

    /// <summary>By DELETE.</summary>
    public Request UsingDelete() => UsingMethod("DELETE");

    /// <summary>The query has this parameter, with a value of this pattern.</summary>
    public Request WithParam(string name, string pattern = "*") => With($"?{name}={pattern}", request => request.Query.TryGetValue(name, out var value) && Fits(value, pattern));

    /// <summary>The query does not have this parameter.</summary>
    public Request WithoutParam(string name) => With($"no ?{name}", request => !request.Query.ContainsKey(name));

    /// <summary>There is this header, with a value of this pattern.</summary>
    public Request WithHeader(string name, string pattern = "*") => With($"{name}: {pattern}", request => request.Headers.TryGetValue(name, out var value) && Fits(value, pattern));

    /// <summary>There is no such header.</summary>
    public Request WithoutHeader(string name) => With($"no {name}", request => !request.Headers.ContainsKey(name));

    /// <summary>The body, as text, has this pattern.</summary>
    public Request WithBody(string pattern) => With("body " + pattern, request => Fits(request.Body, pattern));

    /// <summary>The body is a form with this field, of a value of this pattern.</summary>
    public Request WithForm(string name, string pattern = "*") => With($"{name}={pattern}", request => request.Form.TryGetValue(name, out var value) && Fits(value, pattern));

    /// <summary>Something else holds of it.</summary>
    /// <param name="what">Says what, for the message of a test that fails.</param>
    /// <param name="holds">Whether it does.</param>
    public Request With(string what, Func<LoggedRequest, bool> holds)
    {
        conditions.Add((what, holds));
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => conditions.Count == 0 ? "any request" : string.Join(' ', conditions.Select(condition => condition.What));

    internal bool Matches(LoggedRequest request) => conditions.TrueForAll(condition => condition.Holds(request));

    private static bool Fits(string text, string pattern)
    {
        var expression = "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + "$";
        return Regex.IsMatch(text, expression, RegexOptions.Singleline | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(10));
    }
}
