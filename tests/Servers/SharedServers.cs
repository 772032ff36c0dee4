namespace IntegrationHub.Servers;

/// <summary>
/// One PostgreSQL and one RabbitMQ for all tests of a process, started when the first asks, gone with the process.
/// Each test makes its own database and its own virtual host, and stops neither server.
/// </summary>
/// <remarks>
/// <c>HUB_TEST_POSTGRES</c> (connection string of a superuser), and <c>HUB_TEST_RABBITMQ</c> (AMQP address) with
/// <c>HUB_TEST_RABBITMQ_MANAGEMENT</c> (HTTP address), name servers that run already; none is started then.
/// </remarks>
public static class SharedServers
{
    private static readonly Lazy<Task<PostgresServer>> SharedPostgres = new(() =>
        Environment.GetEnvironmentVariable("HUB_TEST_POSTGRES") is { Length: > 0 } existing ? Task.FromResult(PostgresServer.Existing(existing)) : PostgresServer.StartAsync());

    private static readonly Lazy<Task<RabbitServer>> SharedRabbit = new(() =>
        Environment.GetEnvironmentVariable("HUB_TEST_RABBITMQ") is { Length: > 0 } broker
            ? Task.FromResult(RabbitServer.Existing(new Uri(broker), new Uri(Environment.GetEnvironmentVariable("HUB_TEST_RABBITMQ_MANAGEMENT") ?? throw new InvalidOperationException("HUB_TEST_RABBITMQ is set, and HUB_TEST_RABBITMQ_MANAGEMENT is not: set it to the address of the management, such as http://127.0.0.1:15672."))))
            : RabbitServer.StartAsync());

    /// <summary>The PostgreSQL server, without fsync where it is the tests' own.</summary>
    public static Task<PostgresServer> PostgresAsync() => SharedPostgres.Value;

    /// <summary>The RabbitMQ server.</summary>
    public static Task<RabbitServer> RabbitAsync() => SharedRabbit.Value;
}
