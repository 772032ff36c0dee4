using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Jotform;

/// <summary>What the facts of one submission have in common.</summary>
/// <param name="submission">The submission.</param>
/// <param name="time">When it happened; null when that is not told.</param>
/// <param name="receivedAt">When the hub heard of it.</param>
internal sealed class JotformTold(JotformSubmission submission, DateTimeOffset? time, DateTimeOffset receivedAt)
{

    public JotformSubmission Submission => submission;

    public DateTimeOffset At => time ?? receivedAt;

    public SourceReference Source { get; } = new() { ObjectType = "submission", ObjectId = submission.Id };

    /// <param name="key">What the fact is within the submission, with a slash before it; empty for the submission itself.</param>
    /// <param name="contactEvent">Its content.</param>
    public Fact Fact(string key, ContactEvent contactEvent) => new($"forms/{submission.FormId}/submissions/{submission.Id}{key}", contactEvent with
    {
        TimeBasis = time is null ? TimeBasis.Arrival : TimeBasis.Vendor,
        Attribution = submission.Attribution,
    });
}
