using System.Data.Common;
using System.Text.Json;
using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Decisions;

/// <summary>The statements over the decisions.</summary>
internal static class DecisionTables
{
    private const string Select = "select decision_id, body, author, reason, made_at, revoked_at from decision";

    extension(DbSession session)
    {
        public void InsertDecision(StoredDecision decision) => session.Execute(
            "insert into decision (decision_id, body, author, reason, made_at) values ($id, $body, $author, $reason, $made)",
            ("$id", decision.Id.ToDb()), ("$body", JsonSerializer.Serialize(decision.Decision, HubJson.Default.Decision)), ("$author", decision.Author),
            ("$reason", decision.Reason), ("$made", decision.MadeAt.ToDb()));

        /// <returns>Whether it held until now.</returns>
        public bool RevokeDecision(Guid id, DateTimeOffset at) => session.Execute(
            "update decision set revoked_at = $at where decision_id = $id and revoked_at is null", ("$at", at.ToDb()), ("$id", id.ToDb())) == 1;

        public StoredDecision? FindDecision(Guid id) => session.First($"{Select} where decision_id = $id", Read, ("$id", id.ToDb()));

        public List<StoredDecision> DecisionsThatHold() => session.Query($"{Select} where revoked_at is null order by made_at, decision_id", Read);

        public List<StoredDecision> AllDecisions() => session.Query($"{Select} order by made_at desc, decision_id desc", Read);
    }

    private static StoredDecision Read(DbDataReader row) => new(
        row.Id(0),
        JsonSerializer.Deserialize(row.GetString(1), HubJson.Default.Decision) ?? throw new InvalidDataException("A stored decision is empty."),
        row.GetString(2), row.Text(3), row.Time(4), row.IsDBNull(5) ? null : row.Time(5));
}
