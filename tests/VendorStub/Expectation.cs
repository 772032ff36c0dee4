namespace IntegrationHub.VendorStub;

/// <summary>What is answered to a request.</summary>
public sealed class Expectation
{
    private readonly Request request;
    private readonly VendorServer server;
    private string? scenario;
    private string? stateBefore;
    private string? stateAfter;
    private Response[] answers = [];
    private int given;

    internal Expectation(Request request, VendorServer server)
    {
        this.request = request;
        this.server = server;
    }

    /// <summary>Makes it a part of a scenario, which has states.</summary>
    public Expectation InScenario(string name)
    {
        scenario = name;
        return this;
    }

    /// <summary>Matches only while the scenario is in this state. Without it: only while the scenario is in none yet.</summary>
    public Expectation WhenStateIs(string state)
    {
        stateBefore = state;
        return this;
    }

    /// <summary>Puts the scenario into this state with the answer.</summary>
    public Expectation WillSetStateTo(string state)
    {
        stateAfter = state;
        return this;
    }

    /// <summary>The answers, one after the other; the last one stays.</summary>
    public void RespondWith(params Response[] responses)
    {
        if (responses.Length == 0) throw new ArgumentException("There has to be an answer.", nameof(responses));
        if (scenario is null && (stateBefore ?? stateAfter) is not null) throw new InvalidOperationException("A state belongs to a scenario: say InScenario before it.");
        answers = responses;
        server.Add(this);
    }

    /// <inheritdoc/>
    public override string ToString() => scenario is null ? request.ToString() : $"{request} in {scenario}{(stateBefore is null ? "" : ":" + stateBefore)}";

    internal bool Matches(LoggedRequest came, Dictionary<string, string> states) =>
        request.Matches(came) && (scenario is null || states.GetValueOrDefault(scenario) == stateBefore);

    internal Response Take(Dictionary<string, string> states)
    {
        if (scenario is not null && stateAfter is not null) states[scenario] = stateAfter;
        return answers[Math.Min(given++, answers.Length - 1)];
    }
}
