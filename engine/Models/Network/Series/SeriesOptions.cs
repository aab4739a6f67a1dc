using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.Network.Series;

/// <summary>How a network reads repeated measurements at irregular times.</summary>
public enum SeriesEncoderKind
{
    /// <summary>Attention over (time, variable, value) triples.</summary>
    Attention,

    /// <summary>A recurrent network with learnt decay on a grid of times (GRU-D).</summary>
    Recurrent,
}

/// <summary>Where the steps of a recurrent network end.</summary>
public enum SeriesGridKind
{
    /// <summary>Steps of one length.</summary>
    Even,

    /// <summary>Steps that hold as many observations each.</summary>
    Quantile,
}

/// <summary>Settings of the part of a network that reads repeated measurements.</summary>
public sealed record SeriesOptions
{
    public SeriesEncoderKind Kind { get; init; } = SeriesEncoderKind.Attention;

    /// <summary>Attention: observations of a subject at most. Of more, the last of each variable are kept first, then those before them.</summary>
    public int MostObservations { get; init; } = 128;

    /// <summary>Attention: queries that each make a mean of the observations.</summary>
    public int HeadCount { get; init; } = 4;

    /// <summary>Attention: sines and cosines of time, from a whole period over the span of training to ever shorter ones.</summary>
    public int FrequencyCount { get; init; } = 6;

    /// <summary>Recurrent: steps over the span of training.</summary>
    public int StepCount { get; init; } = 48;

    /// <summary>Recurrent: where steps end.</summary>
    public SeriesGridKind Grid { get; init; } = SeriesGridKind.Even;

    /// <summary>Recurrent: width of the state.</summary>
    public int StateWidth { get; init; } = 32;

    /// <summary>Most observations of a subject, or steps, that a stored model may ask for.</summary>
    internal const int MostStoredRows = 1 << 12;

    internal void Write(ModelWriter writer)
    {
        writer.Choice(Kind);
        writer.Choice(Grid);
        writer.Ints([MostObservations, HeadCount, FrequencyCount, StepCount, StateWidth]);
    }

    internal static SeriesOptions Read(ModelReader reader)
    {
        var (kind, grid, sizes) = (reader.Choice<SeriesEncoderKind>(), reader.Choice<SeriesGridKind>(), reader.Ints());
        reader.Require(sizes.Length == 5, $"a series has {sizes.Length} sizes, and 5 belong there");
        var options = new SeriesOptions { Kind = kind, Grid = grid, MostObservations = sizes[0], HeadCount = sizes[1], FrequencyCount = sizes[2], StepCount = sizes[3], StateWidth = sizes[4] };
        options.Check();
        reader.Require(Math.Max(options.HeadCount, Math.Max(options.FrequencyCount, options.StateWidth)) <= reader.Length, $"a series has larger sizes than its bytes: {options}");
        return options;
    }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MostObservations);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(HeadCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FrequencyCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StepCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StateWidth);
    }
}
