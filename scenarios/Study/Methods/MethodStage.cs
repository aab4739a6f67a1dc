using System.Globalization;
using DigitalTwin.ControlArms;
using DigitalTwin.Estimation;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Methods;

/// <summary>Runs one method of the scenario: builds its control arm and estimates what it can.</summary>
/// <param name="inputs">The study.</param>
/// <param name="controlForecasts">Forecasts of the treated subjects under control, in trial order; null without twins.</param>
/// <param name="threads">Threads a bootstrap may use.</param>
internal sealed class MethodStage(StudyInputs inputs, IReadOnlyList<OutcomeForecast>? controlForecasts, int threads)
{
    private readonly TrialData _trial = inputs.Assembly.Trial;
    private readonly double _level = inputs.Scenario.Estimand.Confidence;

    /// <exception cref="StudyException">The method has no answer on these data.</exception>
    public MethodOutcome Run(MethodSpecification method, CancellationToken cancellation)
    {
        var warnings = new List<StudyWarning>();
        var requests = Requests(method, warnings);
        try
        {
            return Run(method, requests, warnings, cancellation);
        }
        catch (NoOverlapException e)
        {
            throw new StudyException(method.Id, $"{e.Message}\n{OverlapPicture.Of(e.Overlap)}", e);
        }
        catch (Exception e) when (e is SeparationException or InfeasibleBalanceException or EstimationFailedException)
        {
            throw new StudyException(method.Id, e.Message, e);
        }
    }

    private MethodOutcome Run(MethodSpecification method, List<MeasureRequest> requests, List<StudyWarning> warnings, CancellationToken cancellation)
    {
        var covariates = inputs.Varying(method.Covariates);
        var exactOn = method is MatchingSpecification matching ? inputs.Varying(matching.ExactOn) : [];
        if (ControlArmMethods.Of(method, covariates, exactOn, inputs.Scenario.ControlArm.AllowPoorOverlap) is { } weighting)
        {
            var arm = weighting.Build(_trial, method.Population);
            warnings.AddRange(arm.Warnings);
            if (method is MatchingSpecification && method.Inference is BootstrapInferenceSpecification)
            {
                warnings.Add(new StudyWarning(
                    "bootstrap-of-matching", "The bootstrap is not valid for nearest-neighbour matching in general (Abadie and Imbens 2008): take its interval as rough.", method.Id));
            }

            var estimates = method.Inference is BootstrapInferenceSpecification bootstrap
                ? Bootstrap(
                    method.Id, requests, bootstrap, warnings, () => new WeightedResampling(_trial, requests, weighting.CreateReweighter(_trial, method.Population)), cancellation)
                : WeightedEstimator.Estimate(_trial, arm.Weights, requests, method.Id, _level);
            return new MethodOutcome(method, arm, estimates, warnings);
        }

        return new MethodOutcome(method, null, WithoutWeights(method, requests, covariates, warnings, cancellation), warnings);
    }

    private IReadOnlyList<EffectEstimate> WithoutWeights(
        MethodSpecification method, List<MeasureRequest> requests, IReadOnlyList<string> covariates, List<StudyWarning> warnings, CancellationToken cancellation) =>
        method switch
        {
            OutcomeRegressionSpecification => OutcomeRegression.Estimate(_trial, requests, method.Id, covariates, _level),
            GComputationSpecification => Bootstrap(
                method.Id,
                requests,
                (BootstrapInferenceSpecification)method.Inference,
                warnings,
                () => new GComputation(_trial, method.Population, requests, covariates),
                cancellation),
            DoublyRobustSpecification => DoublyRobust.Estimate(
                _trial,
                method.Population,
                requests,
                method.Id,
                new DoublyRobustOptions { PropensityCovariates = covariates, OutcomeCovariates = covariates, Level = _level }),
            TwinMethodSpecification => Twin(method.Id, requests),
            _ => throw new InvalidOperationException($"No way to run a method of type '{method.Type}'."),
        };

    private IReadOnlyList<EffectEstimate> Bootstrap(
        string methodId,
        List<MeasureRequest> requests,
        BootstrapInferenceSpecification bootstrap,
        List<StudyWarning> warnings,
        Func<IResampledEstimator> createEstimator,
        CancellationToken cancellation)
    {
        var options = new BootstrapOptions
        {
            ReplicateCount = bootstrap.ReplicateCount,
            Seed = inputs.Seed,
            ThreadCount = threads,
            Level = _level,
            Interval = bootstrap.Interval == Language.BootstrapIntervalKind.Bca
                ? Estimation.BootstrapIntervalKind.BiasCorrectedAccelerated
                : Estimation.BootstrapIntervalKind.Percentile,
        };
        var result = BootstrapInference.Run(methodId, _trial, requests, createEstimator, options, cancellation);
        warnings.AddRange(result.Warnings);
        return result.Estimates;
    }

    private IReadOnlyList<EffectEstimate> Twin(string methodId, List<MeasureRequest> requests)
    {
        var forecasts = controlForecasts ?? throw new InvalidOperationException("The twin method needs the twins' forecasts.");
        var treated = Enumerable.Range(0, _trial.Count).Where(i => _trial.Treated[i]).ToArray();
        return _trial.Outcome.Take(treated) switch
        {
            SurvivalOutcome outcome => TwinControlEstimator.Estimate(outcome, [.. forecasts.Cast<SurvivalForecast>()], requests, methodId, _level),
            BinaryOutcome outcome => TwinControlEstimator.Estimate(outcome, [.. forecasts.Cast<BinaryForecast>()], requests, methodId, _level),
            ContinuousOutcome outcome => TwinControlEstimator.Estimate(outcome, [.. forecasts.Cast<ContinuousForecast>()], requests, methodId, _level),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };
    }

    /// <summary>The measures the method can answer; the others are named in a warning.</summary>
    private List<MeasureRequest> Requests(MethodSpecification method, List<StudyWarning> warnings)
    {
        Func<SummaryMeasure, bool> supports = method switch
        {
            OutcomeRegressionSpecification => OutcomeRegression.Supports,
            DoublyRobustSpecification => DoublyRobust.Supports,
            _ => _ => true,
        };
        var measures = inputs.Scenario.Estimand.Measures;
        var refused = measures.Where(m => !supports(m.Measure)).Select(m => Results.ResultNames.Of(m.Measure).Replace('-', ' ')).Distinct(StringComparer.Ordinal).ToArray();
        if (refused.Length > 0)
        {
            warnings.Add(new StudyWarning("measure-not-available", $"This method gives no {string.Join(", no ", refused)}.", method.Id));
        }

        RequireFollowUp(method, measures);
        return [.. measures.Where(m => supports(m.Measure)).Select(m => new MeasureRequest(m.Measure, m.Time))];
    }

    private void RequireFollowUp(MethodSpecification method, IReadOnlyList<RequestedMeasure> measures)
    {
        if (_trial.Outcome is not SurvivalOutcome survival)
        {
            return;
        }

        foreach (var treated in (bool[])[true, false])
        {
            var longest = survival.Days.Where((_, i) => _trial.Treated[i] == treated).Max();
            if (measures.FirstOrDefault(m => m.Time?.Days > longest) is { } late)
            {
                throw new StudyException(method.Id, string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {(treated ? "treated" : "control")} arm is followed for {longest:0.#} days at most, but the {Results.ResultNames.Of(late.Measure)} is asked for at {late.Time}. Ask for an earlier time."));
            }
        }
    }
}
