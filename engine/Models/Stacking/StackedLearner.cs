using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Stacking;

/// <summary>How models are stacked.</summary>
public sealed record StackOptions
{
    /// <summary>Inner folds that out-of-fold predictions are made by; at least 2.</summary>
    public int FoldCount { get; init; } = 5;

    /// <summary>Pull of the weights towards equal ones, in subjects.</summary>
    public double PriorCount { get; init; } = 10;

    /// <summary>Whether models that do not clearly help, or that the best of them clearly surpasses, get no weight; else all are pooled.</summary>
    public bool LeavesOut { get; init; } = true;

    /// <summary>Whether the pool is recalibrated where that makes it better on subjects held out.</summary>
    public bool Recalibrates { get; init; } = true;
}

/// <summary>Several learners as one: each predicts subjects it has not seen, the weights under which those predictions do best are found, and the pool of the
/// models of all subjects is recalibrated as the out-of-fold pool asks for.</summary>
/// <param name="name">Name in tables.</param>
/// <param name="members">What is stacked; those that do not support the outcome are left out, which <see cref="IOutcomePredictor.Findings"/> says.</param>
/// <param name="options">Folds and prior.</param>
/// <remarks>Source: stacked generalisation [Wolpert1992], [Breiman1996]; cross-validated choice among any learners [VanDerLaan2007].</remarks>
public sealed class StackedLearner(string name, IReadOnlyList<IOutcomeLearner> members, StackOptions options) : ICrossFittingLearner
{
    public string Name { get; } = name;

    public bool Supports(EndpointKind kind) => members.Any(m => m.Supports(kind));

    public IReadOnlyList<string> Foresee(SubjectInputs inputs) => [.. members.SelectMany(m => m.Foresee(inputs)).Distinct(StringComparer.Ordinal)];

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        return FitCross(training, LearningFolds.Stratified(training, options.FoldCount, context.Seed), context).Predictor;
    }

    /// <remarks>Weights and recalibration of the out-of-fold predictions returned here were learnt from the other folds.</remarks>
    public CrossFit FitCross(LearningProblem training, int[] folds, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        var able = members.Where(m => m.Supports(training.Outcome.Kind)).ToArray();
        if (able.Length == 0)
        {
            throw new UnlearnableException($"'{Name}' has no member that predicts a {training.Outcome.Kind} outcome. Name another model.");
        }

        return Combine(Name, [.. able.Select(m => (m.Name, CrossFitting.Fit(m, training, folds, context)))], able.Length, Missing(able), training, folds, options, context.ThreadCount);
    }

    /// <summary>Weighs, pools and recalibrates models that are cross-fitted already.</summary>
    /// <param name="name">Name of the whole, in findings.</param>
    /// <param name="fits">Name and cross-fit of each model, at least one, over the same training subjects.</param>
    /// <param name="simpleCount">How many of them, the first ones, are simple: the others get weight only where they clearly help.</param>
    /// <param name="findings">What else is to be said.</param>
    /// <param name="training">Training subjects.</param>
    /// <param name="folds">Fold of each subject, shape [subjects]: weights and recalibration are judged over them.</param>
    /// <param name="options">Prior of the weights, whether to leave models out, whether to recalibrate.</param>
    /// <param name="threadCount">Threads that predictions may use; results do not depend on it.</param>
    public static CrossFit Combine(
        string name,
        IReadOnlyList<(string Name, CrossFit Fit)> fits,
        int simpleCount,
        IEnumerable<string> findings,
        LearningProblem training,
        int[] folds,
        StackOptions options,
        int threadCount)
    {
        ArgumentNullException.ThrowIfNull(fits);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(options);
        var choice = StackChoice.Of([.. fits.Select(f => (f.Name, PredictionPool.OnGridOf(f.Fit.OutOfFold, training.Outcome)))], simpleCount, training, folds, options);
        var shares = fits.Zip(choice.Weights, (f, w) => string.Create(CultureInfo.InvariantCulture, $"{f.Name} {w:P0}"));
        List<string> all =
        [
            $"{name}: weights {string.Join(", ", shares)}.", .. choice.Findings.Select(f => $"{name}: {f}"), .. fits.SelectMany(f => f.Fit.Predictor.Findings), .. findings,
        ];
        var predictor = new StackedPredictor(
            [.. fits.Select(f => f.Fit.Predictor)], choice.Weights, choice.Recalibration, SurvivalGrid.OfTimes(training.Outcome), threadCount, all);
        return new CrossFit(predictor, choice.OutOfFold);
    }

    private IEnumerable<string> Missing(IOutcomeLearner[] able) =>
        members.Except(able).Select(m => $"{Name}: {m.Name} does not predict this kind of outcome and was left out.");
}
