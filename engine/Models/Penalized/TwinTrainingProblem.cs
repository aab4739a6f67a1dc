using DigitalTwin.Models.Penalized.Learners;
using DigitalTwin.Models.Terms;
using DigitalTwin.Models.Twins;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Penalized;

/// <summary>What was chosen for one fold from its training subjects.</summary>
internal sealed record FoldFit(int Fold, double ControlPenalty, double DeviationPenalty);

/// <summary>One training task: expanded design, folds, and the fits of folds and members. Read-only after construction,
/// so that members can be trained on any number of threads in any order.</summary>
internal sealed class TwinTrainingProblem
{
    private static readonly double[] PenaltyGrid = [0.3, 1, 3, 10, 30, 100, 300, 1000];

    // The last entry is "no deviation at all" for practical purposes.
    private static readonly double[] DeviationPenaltyGrid = [10, 30, 100, 300, 1000, 1e7];

    private static readonly ulong StreamSubject = StreamKey.HashOf("twin-model/penalized-regression");

    private readonly TrialData _trial;
    private readonly IPenalizedLearner _learner;
    private readonly ulong _seed;
    private readonly int[] _folds;
    private readonly double[] _design;
    private readonly double[] _deviationDesign;
    private readonly double[] _penaltyFactors;

    public TwinTrainingProblem(TrialData trial, TermExpansion expansion, IPenalizedLearner learner, ulong seed, int foldCount)
    {
        _trial = trial;
        _learner = learner;
        _seed = seed;
        _design = expansion.Expand(trial.Covariates.Values.Span, trial.Count);
        _penaltyFactors = [.. expansion.Terms.Select(t => t.PenaltyFactor)];
        DeviationTerms = [.. Enumerable.Range(0, expansion.Terms.Count).Where(t => expansion.Terms[t].Kind == TermKind.Linear)];
        _deviationDesign = Gather(_design, _penaltyFactors.Length, Enumerable.Range(0, trial.Count).ToArray(), DeviationTerms);
        _folds = FoldAssignment.Stratified(trial, foldCount, seed);
    }

    /// <summary>Terms in which the treated arm may deviate.</summary>
    public int[] DeviationTerms { get; }

    public Dictionary<string, int> FoldBySubject() =>
        Enumerable.Range(0, _trial.Count).ToDictionary(i => _trial.Subjects[i].Value, i => _folds[i], StringComparer.Ordinal);

    /// <summary>Chooses both penalties from the subjects outside <paramref name="fold"/>.</summary>
    public FoldFit ChoosePenalties(int fold)
    {
        var control = RowsOutside(fold, treated: false);
        var (controlPenalty, controlFit) = Best(PenaltyGrid, p => FitControl(control, Ones(control.Length), p), fit => 2 * fit.EffectiveDegreesOfFreedom);

        var treated = RowsOutside(fold, treated: true);
        var offsets = Predict(treated, controlFit.Coefficients);
        var perDegree = Math.Log(InformationCount(treated));
        var (deviationPenalty, _) = Best(
            DeviationPenaltyGrid,
            p => FitDeviation(treated, Ones(treated.Length), offsets, p),
            fit => perDegree * fit.EffectiveDegreesOfFreedom);
        return new FoldFit(fold, controlPenalty, deviationPenalty);
    }

    /// <summary>Trains one member on a bootstrap sample of the subjects outside its fold. The sample is drawn from all subjects under the
    /// number of the replicate and then cut to the fold, so that replicate m of every fold is the same disturbance of the data, and the
    /// spread over replicates of any average over subjects estimates its standard error.</summary>
    public TwinMember TrainMember(FoldFit fold, int replicate)
    {
        var (control, controlWeights) = Resample(fold.Fold, treated: false, replicate);
        var controlFit = FitControl(control, controlWeights, fold.ControlPenalty);
        var (treated, treatedWeights) = Resample(fold.Fold, treated: true, replicate);
        var deviation = FitDeviation(treated, treatedWeights, Predict(treated, controlFit.Coefficients), fold.DeviationPenalty);
        return new TwinMember(fold.Fold, controlFit.Coefficients, controlFit.Baseline, deviation.Coefficients, deviation.Baseline);
    }

    private PenalizedFit FitControl(int[] rows, double[] weights, double penalty)
    {
        var design = new RowMajorMatrix(Gather(_design, _penaltyFactors.Length, rows), rows.Length, _penaltyFactors.Length);
        return _learner.Fit(rows, design, weights, new double[rows.Length], [.. _penaltyFactors.Select(f => f * penalty)]);
    }

    private PenalizedFit FitDeviation(int[] rows, double[] weights, double[] offsets, double penalty)
    {
        var count = DeviationTerms.Length;
        var design = new RowMajorMatrix(Gather(_deviationDesign, count, rows), rows.Length, count);
        return _learner.Fit(rows, design, weights, offsets, [.. Enumerable.Repeat(penalty, count)]);
    }

    private static (double Penalty, PenalizedFit Fit) Best(double[] grid, Func<double, PenalizedFit> fit, Func<PenalizedFit, double> complexity)
    {
        var best = (Penalty: grid[0], Fit: fit(grid[0]));
        var lowest = complexity(best.Fit) - (2 * best.Fit.LogLikelihood);
        foreach (var penalty in grid.AsSpan(1))
        {
            var candidate = fit(penalty);
            var criterion = complexity(candidate) - (2 * candidate.LogLikelihood);
            if (criterion < lowest)
            {
                best = (penalty, candidate);
                lowest = criterion;
            }
        }

        return best;
    }

    // Draws with replacement as counts, so that a subject drawn twice is one row of weight 2.
    private (int[] Rows, double[] Weights) Resample(int fold, bool treated, int replicate)
    {
        var rows = Enumerable.Range(0, _trial.Count).Where(i => _trial.Treated[i] == treated).ToArray();
        var stream = new RandomStream(new StreamKey(_seed, StreamSubject, treated ? 1u : 0u, (uint)replicate, RandomPurpose.Ensemble));
        var counts = new int[rows.Length];
        for (var draw = 0; draw < rows.Length; draw++)
        {
            counts[stream.NextInt(rows.Length)]++;
        }

        var drawn = Enumerable.Range(0, rows.Length).Where(i => counts[i] > 0 && _folds[rows[i]] != fold).ToArray();
        return ([.. drawn.Select(i => rows[i])], [.. drawn.Select(i => (double)counts[i])]);
    }

    private double[] Predict(int[] rows, double[] coefficients)
    {
        var predictors = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = _design.AsSpan(rows[i] * coefficients.Length, coefficients.Length);
            for (var t = 0; t < coefficients.Length; t++)
            {
                predictors[i] += row[t] * coefficients[t];
            }
        }

        return predictors;
    }

    // Schwarz's n: events carry the information of a survival model [Volinsky2000].
    private double InformationCount(int[] rows) =>
        _trial.Outcome is SurvivalOutcome survival ? rows.Count(i => survival.HadEvent[i]) : rows.Length;

    private int[] RowsOutside(int fold, bool treated) =>
        [.. Enumerable.Range(0, _trial.Count).Where(i => _trial.Treated[i] == treated && _folds[i] != fold)];

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }

    private static double[] Gather(double[] design, int stride, int[] rows)
    {
        var gathered = new double[rows.Length * stride];
        for (var i = 0; i < rows.Length; i++)
        {
            design.AsSpan(rows[i] * stride, stride).CopyTo(gathered.AsSpan(i * stride));
        }

        return gathered;
    }

    private static double[] Gather(double[] design, int stride, int[] rows, int[] columns)
    {
        var gathered = new double[rows.Length * columns.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                gathered[(i * columns.Length) + c] = design[(rows[i] * stride) + columns[c]];
            }
        }

        return gathered;
    }
}
