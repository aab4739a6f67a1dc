namespace DigitalTwin.Models.Translation;

/// <summary>Settings of a <see cref="LayerTranslator"/>.</summary>
public sealed record TranslationOptions
{
    /// <summary>Folds by which the penalty is chosen and the translation judged, 2 or more.</summary>
    public int FoldCount { get; init; } = 5;

    /// <summary>Penalties tried, 3 or more, from one degree of freedom to nearly all.</summary>
    public int PenaltyCount { get; init; } = 12;

    /// <summary>Fewest subjects that have both the layer and what it is translated from; for a single feature, that have its value.</summary>
    public int LeastSubjectCount { get; init; } = 30;

    /// <summary>A feature is translated where its out-of-fold gain over the mean is above so many of its standard errors.</summary>
    public double LeastStandardErrors { get; init; } = 3;

    /// <summary>A feature is translated where its out-of-fold R2 is at least this.</summary>
    public double LeastR2 { get; init; } = 0.05;

    /// <summary>Whether training subjects without the layer get the translated one too.</summary>
    public bool FillsTraining { get; init; } = true;
}
