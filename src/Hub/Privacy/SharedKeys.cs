using IntegrationHub.Hub.Storage;
using IntegrationHub.Hub.Vendors;

namespace IntegrationHub.Hub.Privacy;

/// <summary>The keys in the data directories of processes that share a database have to be the same: what one sealed or erased, the others must recognise.</summary>
internal sealed class SharedKeys(IDatabase database, HubDatabase where, DataDirectory directory, ErasureKey erasureKey, TokenSeal seal)
{
    /// <summary>Notes the keys of the first process, and compares those of the others.</summary>
    /// <exception cref="StorageException">A key is another one.</exception>
    public async Task RequireAsync()
    {
        if (!where.IsShared) return;
        await RequireAsync(ErasureKey.FileName, erasureKey.Fingerprint);
        await RequireAsync(TokenSeal.FileName, seal.Fingerprint());
    }

    private async Task RequireAsync(string name, byte[] fingerprint)
    {
        var known = await database.WriteAsync(session =>
        {
            session.Execute("insert into key_fingerprint (name, fingerprint) values ($name, $fingerprint) on conflict do nothing", ("$name", name), ("$fingerprint", fingerprint));
            return session.First("select fingerprint from key_fingerprint where name = $name", row => row.Bytes(0), ("$name", name)) ?? [];
        }, CancellationToken.None);
        if (known.AsSpan().SequenceEqual(fingerprint)) return;
        throw new StorageException(
            $"{Path.Combine(directory.Path, name)} is not the key that the hubs on the database {where.Name} use. Copy {ErasureKey.FileName} and {TokenSeal.FileName} from the data directory of one of them, or from its backup.",
            new InvalidDataException());
    }
}
