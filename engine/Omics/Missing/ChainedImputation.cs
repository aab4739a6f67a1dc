using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Missing;

/// <summary>A feature has too few training values to be regressed on the others.</summary>
public sealed class TooFewValuesException(string layer, string feature, int count, int needed)
    : OmicsException(
        $"layer '{layer}', multiple imputation",
        $"Feature '{feature}' has {count} training values; its regression on the other features needs {needed}.",
        "Choose fewer features, drop this one, or impute by nearest neighbours.")
{
    public string Feature { get; } = feature;
}

/// <summary>Multiple imputation by chained equations: each variable in turn is regressed on all others among the training subjects who have it, and
/// those who miss it get a draw from that regression; the rounds repeat. Several data sets come out, and an analysis of each is pooled by
/// <see cref="RubinPool"/>.</summary>
/// <remarks>Source: [VanBuuren2018] section 4.5. Random numbers are keyed by seed, imputation, round, variable and subject: the result does not depend on
/// the number of threads. For tables of tens of variables; a wide layer is refused unless it has more subjects than features.</remarks>
public sealed class ChainedImputation
{
    private const string Step = "multiple imputation";

    private readonly ChainedImputationOptions _options;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ChainedImputation(ChainedImputationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ImputationCount, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.IterationCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.DonorCount, 1);
        _options = options;
    }

    /// <summary>Imputes the training subjects, and keeps for new ones the regressions of the last round.</summary>
    /// <exception cref="AllMissingFeatureException">A feature has no training value.</exception>
    /// <exception cref="TooFewValuesException">A feature has fewer training values than its regression has coefficients, and two more.</exception>
    public FittedChainedImputation Fit(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var layer = training.Values;
        FeatureChecks.RefuseUnseen(layer, Step);
        for (var f = 0; f < layer.FeatureCount; f++)
        {
            var count = layer.Observed(f).Length;
            if (count < layer.FeatureCount + 2)
            {
                throw new TooFewValuesException(layer.Layer.Name, layer.Layer.Features[f], count, layer.FeatureCount + 2);
            }
        }

        var chains = new ImputationChain[_options.ImputationCount];
        Parallel.For(
            0,
            chains.Length,
            new ParallelOptions { MaxDegreeOfParallelism = _options.MaximumThreads },
            i => chains[i] = ImputationChain.Run(layer, _options, i));
        return new FittedChainedImputation(layer, _options, chains);
    }
}

/// <summary>Imputed training subjects, and the means to impute others by what training taught.</summary>
public sealed class FittedChainedImputation
{
    private readonly SubjectLayer _fittedOn;
    private readonly ChainedImputationOptions _options;
    private readonly ImputationChain[] _chains;

    internal FittedChainedImputation(SubjectLayer fittedOn, ChainedImputationOptions options, ImputationChain[] chains)
    {
        _fittedOn = fittedOn;
        _options = options;
        _chains = chains;
        Training = [.. chains.Select(c => fittedOn.With(fittedOn.Layer.Unit, fittedOn.Layer.Features, c.Imputed))];
    }

    /// <summary>Each imputed data set of the training subjects; what was observed stands as it was. Shape [imputations].</summary>
    public IReadOnlyList<SubjectLayer> Training { get; }

    /// <summary>Imputes other subjects, each by itself, with the parameters that each imputation drew from training subjects.</summary>
    /// <returns>Shape [imputations].</returns>
    /// <exception cref="UnitChangedException">The unit is another.</exception>
    /// <exception cref="FeaturesChangedException">The features are others.</exception>
    public IReadOnlyList<SubjectLayer> Apply(SubjectLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        LayerAgreement.Require(layer, "multiple imputation", _fittedOn.Layer.Unit, _fittedOn.Layer.Features);
        var imputed = new SubjectLayer[_chains.Length];
        Parallel.For(
            0,
            imputed.Length,
            new ParallelOptions { MaxDegreeOfParallelism = _options.MaximumThreads },
            i => imputed[i] = layer.With(layer.Layer.Unit, layer.Layer.Features, _chains[i].Impute(layer)));
        return imputed;
    }
}
