using System.Data.Common;

namespace IntegrationHub.Hub.Storage;

/// <summary>
/// One connection inside one transaction. Statements are constants, written once for every engine; values travel as parameters (<c>$name</c>).
/// </summary>
internal abstract class DbSession : IDisposable
{
    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="StorageException">The engine can't be reached, or can't store.</exception>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        try
        {
            return Run(sql, parameters);
        }
        catch (DbException exception) when (Explain(exception) is { } problem)
        {
            throw new StorageException(problem, exception);
        }
    }

    /// <summary>Runs a statement that answers nothing, at the latest before the next one that answers, or the commit. Its errors show then.</summary>
    public abstract void Post(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>Runs a statement that answers nothing for each of many rows that have nothing to do with each other, when <see cref="Post"/> would. A server gets it once for all of them.</summary>
    /// <param name="sql"><c>insert into … values (…)</c>, perhaps with an <c>on conflict</c>, or <c>update … set … where …</c>.</param>
    /// <param name="parameters">The values of a row, in the same order for all.</param>
    public abstract void PostEach<T>(string sql, IReadOnlyList<T> rows, Func<T, (string Name, object? Value)[]> parameters);

    /// <summary>Inserts a row, at the latest before the next statement that answers, or the commit. A server gets the rows of a table together, those of a table that another one refers to first.</summary>
    /// <param name="sql"><c>insert into … (…) values (…)</c>; what else it reads may not wait to be inserted itself.</param>
    public abstract void Insert(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>The same for a row whose key the database gives out.</summary>
    /// <param name="key">The column of the key.</param>
    /// <param name="sql"><c>insert into … (…) values (…)</c> without the key.</param>
    /// <returns>The key.</returns>
    public abstract long Insert(string key, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>Inserts a row whose key the database gives out, unless there is one that it would conflict with.</summary>
    /// <param name="key">The column of the key.</param>
    /// <param name="sql"><c>insert into … (…) values (…) on conflict do nothing</c>, without the key.</param>
    /// <returns>The key, or null when nothing was inserted.</returns>
    public abstract long? TryInsert(string key, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>What a statement answers, run for each of many rows that have nothing to do with each other.</summary>
    /// <param name="shared">Values that are the same for all rows.</param>
    /// <inheritdoc cref="PostEach"/>
    public abstract List<TAnswer> QueryEach<T, TAnswer>(
        string sql, Func<DbDataReader, TAnswer> read, IReadOnlyList<T> rows, Func<T, (string Name, object? Value)[]> parameters, params ReadOnlySpan<(string Name, object? Value)> shared);

    /// <summary>The rows of a query, each read by <paramref name="read"/>. A list among the parameters stands in it as <c>in $name</c>.</summary>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        List<T> rows = [];
        ForEach(sql, row => rows.Add(read(row)), parameters);
        return rows;
    }

    /// <summary>The first row of a query, or <c>default</c> when there is none.</summary>
    public T? First<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        try
        {
            using var reader = Open(sql, parameters);
            return reader.Read() ? read(reader) : default;
        }
        catch (DbException exception) when (Explain(exception) is { } problem)
        {
            throw new StorageException(problem, exception);
        }
    }

    /// <summary>The rows of a query one by one, for reading more than fits in memory. Nothing else may run on the session meanwhile.</summary>
    public void ForEach(string sql, Action<DbDataReader> visit, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        try
        {
            using var reader = Open(sql, parameters);
            while (reader.Read()) visit(reader);
        }
        catch (DbException exception) when (Explain(exception) is { } problem)
        {
            throw new StorageException(problem, exception);
        }
    }

    /// <summary>Begins to read from one state of the database, until <see cref="EndSnapshot"/>.</summary>
    public abstract void BeginSnapshot();

    public void EndSnapshot() => Execute("commit");

    public abstract void Dispose();

    protected abstract int Run(string sql, ReadOnlySpan<(string Name, object? Value)> parameters);

    protected abstract DbDataReader Open(string sql, ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>What to say instead of an error of the engine; null for the error itself.</summary>
    protected abstract string? Explain(DbException exception);
}
