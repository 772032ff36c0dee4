using IntegrationHub.Hub.Storage;

namespace IntegrationHub.Hub.Privacy;

/// <summary>The statements that look for what an erasure left behind, a batch at a time.</summary>
internal static class BodyTables
{
    extension(DbSession session)
    {
        /// <summary>Goes through the stored bodies by key.</summary>
        /// <returns>The deliveries that match, and the last key that was looked at; null when there was none.</returns>
        public (List<long> Found, long? Last) BodiesWith(PersonalText text, long after, int limit)
        {
            List<long> found = [];
            long? last = null;
            session.ForEach("select delivery_id, headers, body from inbox_body where delivery_id > $after order by delivery_id limit $limit", row =>
            {
                last = row.GetInt64(0);
                if (text.IsIn(row.GetString(1)) || text.IsIn(row.Bytes(2))) found.Add(last.Value);
            }, ("$after", after), ("$limit", limit));
            return (found, last);
        }

        /// <summary>Stored bodies of what a connection sent up to a time, by key.</summary>
        public List<long> BodiesOf(string connection, DateTimeOffset until, long after, int limit) => session.Query(
            "select delivery_id from inbox join inbox_body using (delivery_id) where connection = $connection and received_at <= $until and delivery_id > $after order by delivery_id limit $limit",
            row => row.GetInt64(0), ("$connection", connection), ("$until", until.ToDb()), ("$after", after), ("$limit", limit));

        /// <summary>Contacts that were made for a node which is no more, by key.</summary>
        public List<(long Key, string BornOf)> ContactsBornOfNothing(long after, int limit) => session.Query(
            "select contact_key, born_of from contact where contact_key > $after and born_of <> '' and not exists (select 1 from node where name = born_of) order by contact_key limit $limit",
            row => (row.GetInt64(0), row.GetString(1)), ("$after", after), ("$limit", limit));

        /// <summary>Lets a contact be made for another of its nodes.</summary>
        public int ForgetBirth(long contactKey) => session.Execute(
            "update contact set born_of = coalesce((select min(name) from node where node.contact_key = contact.contact_key), '') where contact_key = $key", ("$key", contactKey));
    }
}
