using IntegrationHub.Hub.Configuration;
using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Sync;
using IntegrationHub.Hub.Sync.Identity;
using IntegrationHub.Hub.Sync.Record;

namespace IntegrationHub.Hub.Decisions;

/// <summary>What a decision that comes or goes does to the record: the people concerned are worked out afresh under the decisions that hold then.</summary>
internal static class DecisionEffect
{
    /// <summary>Makes or revokes a decision within a transaction.</summary>
    /// <param name="change">Stores the change.</param>
    /// <returns>What is to be published after the commit.</returns>
    public static List<OutboxMessage> Apply(DbSession session, HubConfiguration configuration, Action change, StoredDecision decision, TimeProvider time)
    {
        var before = new Survivorship(configuration.Identity, DecisionBook.Read(session));
        change();
        var book = DecisionBook.Read(session);
        var record = new RecordSession(session, before, new Survivorship(configuration.Identity, book), time);
        record.Trigger([decision.Id]);
        var reevaluation = new Reevaluation(new IdentityRules(configuration), new Rulings(configuration.Identity.Limits, book.Links), record);
        switch (decision.Decision)
        {
            case MustLink link:
                reevaluation.Run(Groups(record, link.One, link.Other));
                break;
            case CannotLink link:
                reevaluation.Run(Groups(record, link.One, link.Other));
                break;
            case BlockValue block when book.Blocks(block.Node):
                reevaluation.RunBlocked(block.Node);
                break;
            case BlockValue block:
                reevaluation.RunFreed(block.Node);
                break;
            case PinField pin:
                record.TouchContactOf(pin.Node, decision.Id);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
        return record.Save();
    }

    private static List<long> Groups(RecordSession record, params IEnumerable<string> nodes) => [.. nodes.Select(node => record.Node(node)?.GroupKey).OfType<long>()];
}
