using Microsoft.Data.Sqlite;

namespace DigitalTwin.Hosting;

/// <summary>One SQLite file of records: schema, statements, and the settings that make a commit durable. Used by one thread.</summary>
internal sealed class SqliteRecords : IDisposable
{
    private const int SchemaVersion = 1;
    private const int BusySeconds = 2;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _read;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _update;

    /// <exception cref="IOException">The file cannot be opened, another process uses it, or it is of another version.</exception>
    public SqliteRecords(string path)
    {
        var address = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusySeconds };
        _connection = new SqliteConnection(address.ToString());
        try
        {
            _connection.Open();

            // EXCLUSIVE: one process owns the state; a second one must be told, not interleaved with.
            Execute("PRAGMA locking_mode=EXCLUSIVE");
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=FULL");
            CreateSchema();
        }
        catch (SqliteException cause)
        {
            _connection.Dispose();
            throw new IOException($"The twins' state in '{path}' cannot be opened ({cause.Message}). Is another silo running on the same state folder?", cause);
        }
        catch (IOException)
        {
            _connection.Dispose();
            throw;
        }

        _read = Command("SELECT version, payload FROM record WHERE state_name = $name AND grain = $grain");
        _insert = Command("INSERT INTO record (state_name, grain, version, payload) VALUES ($name, $grain, 1, $payload) ON CONFLICT DO NOTHING", "$payload");
        _update = Command(
            "UPDATE record SET version = version + 1, payload = $payload WHERE state_name = $name AND grain = $grain AND version = $version", "$payload", "$version");
    }

    public void Begin() => Execute("BEGIN IMMEDIATE");

    public void Commit() => Execute("COMMIT");

    public void Rollback() => Execute("ROLLBACK");

    public StoredRecord? Read(RecordKey key)
    {
        Bind(_read, key);
        using var row = _read.ExecuteReader();
        return row.Read() ? new StoredRecord(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1)) : null;
    }

    /// <returns>The new version, or null when the record had another one.</returns>
    public long? TryReplace(RecordKey key, long expectedVersion, byte[]? payload)
    {
        var command = expectedVersion == 0 ? _insert : _update;
        Bind(command, key);
        command.Parameters["$payload"].Value = payload ?? (object)DBNull.Value;
        if (expectedVersion > 0)
        {
            command.Parameters["$version"].Value = expectedVersion;
        }

        return command.ExecuteNonQuery() == 1 ? expectedVersion + 1 : null;
    }

    public void Dispose()
    {
        _read.Dispose();
        _insert.Dispose();
        _update.Dispose();
        _connection.Dispose();
    }

    private void CreateSchema()
    {
        Execute("BEGIN IMMEDIATE");
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var found = Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        if (found is not (0 or SchemaVersion))
        {
            throw new IOException($"The twins' state has version {found}; this program reads version {SchemaVersion}. Use the program that wrote it, or another state folder.");
        }

        Execute("CREATE TABLE IF NOT EXISTS record (state_name TEXT NOT NULL, grain TEXT NOT NULL, version INTEGER NOT NULL, payload BLOB, PRIMARY KEY (state_name, grain))");
        Execute($"PRAGMA user_version={SchemaVersion}");
        Execute("COMMIT");
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this class come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this class come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in (string[])["$name", "$grain", .. parameters])
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }

    private static void Bind(SqliteCommand command, RecordKey key)
    {
        command.Parameters["$name"].Value = key.StateName;
        command.Parameters["$grain"].Value = key.Grain;
    }
}
