namespace IntegrationHub.Bench;

/// <summary>Something that is measured: its cases are compared within one run, for only ratios mean something on another machine.</summary>
internal interface IMeasurement
{
    /// <summary>How it is called on the command line, for example <c>record/size</c>.</summary>
    string Name { get; }

    /// <summary>What it measures, in a line.</summary>
    string About { get; }

    Task<IReadOnlyList<Table>> RunAsync(Plan plan, CancellationToken cancellationToken);
}
