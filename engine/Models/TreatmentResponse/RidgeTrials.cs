using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression.Kernels;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>Fits and judges choices. Everything that depends on outcomes (means, spreads, how responses go together) is learnt without the samples held out.</summary>
internal sealed class RidgeTrials
{
    /// <summary>Residual norm at which a trial ends, coarse because many are made.</summary>
    private const double TrialTolerance = 1e-2;
    private const double FinalTolerance = 1e-7;

    private readonly ResponsePairs _pairs;
    private readonly SampleSimilarity _samples;
    private readonly double[] _related;
    private readonly int _threadCount;
    private readonly CancellationToken _cancellation;
    private readonly Fold[] _folds;

    /// <param name="pairs">Training samples.</param>
    /// <param name="samples">How alike they are.</param>
    /// <param name="related">How alike treatments are by what they give, shape [treatments, treatments].</param>
    /// <param name="folds">Fold of each sample, shape [samples].</param>
    /// <param name="threadCount">Threads; nothing depends on it.</param>
    /// <param name="cancellation">Stops it.</param>
    public RidgeTrials(ResponsePairs pairs, SampleSimilarity samples, double[] related, int[] folds, int threadCount, CancellationToken cancellation)
    {
        (_pairs, _samples, _related, _threadCount, _cancellation) = (pairs, samples, related, threadCount, cancellation);
        _folds = [.. Enumerable.Range(0, folds.Max() + 1).Select(f => new Fold(
            [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != f)], [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] == f)]))];
    }

    /// <summary>Predicts every sample from the others' folds.</summary>
    /// <returns>Weighted mean squared error in units of the variance under each treatment, and predictions in the outcome's unit, shape [samples, treatments].</returns>
    public (double Loss, double[] HeldOut) Judge(RidgeChoice choice)
    {
        var similarity = _samples.Within(choice.Kind, choice.PartWeights);
        var heldOut = new double[_pairs.Values.Length];
        var losses = new double[_folds.Length];
        Parallel.For(0, _folds.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _threadCount), CancellationToken = _cancellation }, f =>
        {
            losses[f] = JudgeFold(_folds[f], choice, similarity, heldOut);
        });
        return (losses.Sum() / _pairs.Weights.Sum(), heldOut);
    }

    /// <summary>Fits all samples.</summary>
    public FittedRidge Fit(RidgeChoice choice)
    {
        var n = _pairs.SampleCount;
        var scales = TreatmentScales.Of(_pairs);
        var standardized = scales.Standardized(_pairs);
        var mix = choice.Mix.Of(TreatmentMix.Correlations(_pairs, standardized), _related, _pairs.TreatmentCount);
        var rows = new SymmetricFactor(_samples.Within(choice.Kind, choice.PartWeights), n);
        var columns = new SymmetricFactor(mix, _pairs.TreatmentCount);
        var (dual, hasConverged) = new PairedKernelRidge(rows, columns, choice.Own, Noise(_pairs, choice)).Solve(standardized, FinalTolerance);
        var effects = new double[dual.Length];
        RowProducts.Multiply(mix, dual, _pairs.TreatmentCount, effects);
        return new FittedRidge(scales, effects, hasConverged);
    }

    private double JudgeFold(Fold fold, RidgeChoice choice, double[] similarity, double[] heldOut)
    {
        var width = _pairs.TreatmentCount;
        fold.Prepare(_pairs);
        var rows = fold.Rows(choice, similarity, _pairs.SampleCount);
        var columns = fold.Columns(choice.Mix, _related);
        var (dual, _) = new PairedKernelRidge(rows, columns, choice.Own, Noise(fold.Training!, choice)).Solve(fold.Standardized!, TrialTolerance);
        var (effects, responses) = (new double[dual.Length], new double[fold.Out.Length * width]);
        RowProducts.Multiply(columns.Matrix, dual, width, effects);
        RowProducts.Multiply(Part(similarity, fold.Out, fold.In, _pairs.SampleCount), effects, fold.In.Length, responses);
        double loss = 0;
        for (var i = 0; i < fold.Out.Length; i++)
        {
            for (var j = 0; j < width; j++)
            {
                var cell = (fold.Out[i] * width) + j;
                heldOut[cell] = fold.Scales!.Means[j] + (fold.Scales.Deviations[j] * responses[(i * width) + j]);
                var error = (_pairs.Values[cell] - heldOut[cell]) / fold.Scales.Deviations[j];
                loss += _pairs.Weights[cell] * error * error;
            }
        }

        return loss;
    }

    private static double[] Part(double[] matrix, int[] rows, int[] columns, int size)
    {
        var part = new double[rows.Length * columns.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var k = 0; k < columns.Length; k++)
            {
                part[(i * columns.Length) + k] = matrix[(rows[i] * size) + columns[k]];
            }
        }

        return part;
    }

    private static double[] Noise(ResponsePairs pairs, RidgeChoice choice) =>
        [.. pairs.Weights.Select(w => w > 0 ? choice.Noise / w : double.PositiveInfinity)];

    /// <summary>What one fold needs again and again, found once.</summary>
    private sealed class Fold(int[] inside, int[] outside)
    {
        private (SimilarityKind Kind, double[] Weights)? _rowsOf;
        private SymmetricFactor? _rows;
        private readonly Dictionary<TreatmentMix, SymmetricFactor> _columns = [];
        private double[]? _correlations;

        public int[] In => inside;

        public int[] Out => outside;

        public ResponsePairs? Training { get; private set; }

        public TreatmentScales? Scales { get; private set; }

        public double[]? Standardized { get; private set; }

        public void Prepare(ResponsePairs pairs)
        {
            Training ??= pairs.Take(inside);
            Scales ??= TreatmentScales.Of(Training);
            Standardized ??= Scales.Standardized(Training);
        }

        public SymmetricFactor Rows(RidgeChoice choice, double[] similarity, int size)
        {
            if (_rows is null || _rowsOf is not { } known || known.Kind != choice.Kind || !known.Weights.AsSpan().SequenceEqual(choice.PartWeights))
            {
                (_rows, _rowsOf) = (new SymmetricFactor(Part(similarity, inside, inside, size), inside.Length), (choice.Kind, choice.PartWeights));
            }

            return _rows;
        }

        public SymmetricFactor Columns(TreatmentMix mix, double[] related)
        {
            if (!_columns.TryGetValue(mix, out var factor))
            {
                _correlations ??= TreatmentMix.Correlations(Training!, Standardized!);
                factor = new SymmetricFactor(mix.Of(_correlations, related, Training!.TreatmentCount), Training.TreatmentCount);
                _columns.Add(mix, factor);
            }

            return factor;
        }
    }
}

/// <summary>What has been fitted to all samples.</summary>
/// <param name="Scales">Means and spreads.</param>
/// <param name="Effects">Likeness of treatments times dual values: multiplied by a sample's likeness with those of training they give its standardised
/// responses. Row-major, shape [treatments, samples].</param>
/// <param name="HasConverged">Whether the system was solved.</param>
internal sealed record FittedRidge(TreatmentScales Scales, double[] Effects, bool HasConverged);
