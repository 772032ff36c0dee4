using IntegrationHub.Contracts;

namespace IntegrationHub.Connectors.Mindbody;

/// <summary>Reads contracts and memberships.</summary>
internal static class MindbodyContracts
{
    public static Normalization Bought(MindbodyEvent told) => Normalization.Of([Contract(told, "started",
        new SubscriptionStarted { SubscriptionId = Id(told), OccurredAt = told.At, Person = told.Client(), Source = Source(told) })]);

    public static Normalization Changed(MindbodyEvent told) => Normalization.Of([Contract(told, $"state/{MindbodyClients.Stamp(told.At)}",
        new SubscriptionChanged { SubscriptionId = Id(told), OccurredAt = told.At, Person = told.Client(), Source = Source(told) })]);

    public static Normalization Cancelled(MindbodyEvent told) => Normalization.Of([Contract(told, "ended",
        new SubscriptionEnded { SubscriptionId = Id(told), OccurredAt = told.At, Person = told.Client(), Source = Source(told) })]);

    /// <summary>A membership has no number of its own: it can be given, taken and given again.</summary>
    public static Normalization Assigned(MindbodyEvent told) => Normalization.Of([Membership(told, "started",
        new SubscriptionStarted { SubscriptionId = MembershipId(told), OccurredAt = told.At, Person = told.Client(), Source = MembershipSource(told) })]);

    public static Normalization Withdrawn(MindbodyEvent told) => Normalization.Of([Membership(told, "ended",
        new SubscriptionEnded { SubscriptionId = MembershipId(told), OccurredAt = told.At, Person = told.Client(), Source = MembershipSource(told) })]);

    // The end of one that renews itself is that of the running term.
    private static Fact Contract(MindbodyEvent told, string name, SubscriptionEvent subscription)
    {
        var (renews, end) = (told.Body["isAutoRenewing"].Flag() is true, told.Body["contractEndDateTime"].Time());
        return told.Site.Fact($"contracts/{told.Body["clientContractId"].RequiredId()}/{name}", subscription with
        {
            Plan = told.Body["contractName"].Text(),
            CurrentPeriodEndsAt = renews ? end : null,
            EndsAt = renews ? null : end,
        });
    }

    private static Fact Membership(MindbodyEvent told, string name, SubscriptionEvent subscription) =>
        told.Site.Fact($"memberships/{Key(told)}/{name}/{MindbodyClients.Stamp(told.At)}", subscription with { Plan = told.Body["membershipName"].Text() });

    private static string Id(MindbodyEvent told) => told.Site.Wide(told.Body["clientContractId"].RequiredId());

    private static string MembershipId(MindbodyEvent told) => told.Site.Wide($"membership:{Key(told)}");

    private static string Key(MindbodyEvent told) => $"{told.Body["membershipId"].RequiredId()}:{told.Body["clientId"].RequiredId()}";

    private static SourceReference Source(MindbodyEvent told) => told.Site.Source("contract", told.Body["clientContractId"].RequiredId());

    private static SourceReference MembershipSource(MindbodyEvent told) => told.Site.Source("membership", told.Body["membershipId"].RequiredId());
}
