using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

[GenerateSerializer]
[Alias("dt.CovariateColumn")]
public struct CovariateColumnSurrogate
{
    [Id(0)]
    public string Variable { get; set; }

    [Id(1)]
    public string? Level { get; set; }

    [Id(2)]
    public string Label { get; set; }

    [Id(3)]
    public bool IsBinary { get; set; }

    [Id(4)]
    public string Unit { get; set; }
}

[RegisterConverter]
public sealed class CovariateColumnConverter : IConverter<CovariateColumn, CovariateColumnSurrogate>
{
    public CovariateColumn ConvertFromSurrogate(in CovariateColumnSurrogate surrogate) =>
        new(surrogate.Variable, surrogate.Level, surrogate.Label, surrogate.IsBinary, surrogate.Unit);

    public CovariateColumnSurrogate ConvertToSurrogate(in CovariateColumn value) => new()
    {
        Variable = value.Variable,
        Level = value.Level,
        Label = value.Label,
        IsBinary = value.IsBinary,
        Unit = value.Unit,
    };
}
