namespace DigitalTwin.Scenarios.Output.Adam;

/// <summary>A subject-level table in the shape of a CDISC ADaM data set. Source: [CDISCADaM].</summary>
/// <param name="Name">Name of the data set, e.g. <c>ADSL</c>.</param>
/// <param name="Label">Words for it.</param>
/// <param name="Columns">Variables, all of one length.</param>
public sealed record AdamDataset(string Name, string Label, IReadOnlyList<AdamColumn> Columns)
{
    public int RowCount => Columns.Count == 0 ? 0 : Columns[0].Count;

    /// <exception cref="KeyNotFoundException">There is no such variable.</exception>
    public AdamColumn this[string name] =>
        Columns.FirstOrDefault(c => c.Name == name) ?? throw new KeyNotFoundException($"{Name} has no variable {name}.");
}

/// <summary>The subject-level data sets of a run: ADSL, and the analysis data set of the endpoint (ADTTE for times to event, else ADEFF).</summary>
public sealed record AdamDatasets(AdamDataset Subjects, AdamDataset Endpoint)
{
    public IReadOnlyList<AdamDataset> All => [Subjects, Endpoint];
}
