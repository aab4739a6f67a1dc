using System.Globalization;
using System.Runtime.CompilerServices;
using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Trees.Features;

[assembly: InternalsVisibleTo("DigitalTwin.Tests")]

namespace DigitalTwin.Models.Trees;

/// <summary>A learning problem as trees take it: subjects of weight 0 left out, the others in the order of their ids, so that the order of the file plays no part.</summary>
internal sealed class TreeProblem
{
    private const int FeaturesNamed = 5;

    private readonly LearningProblem _original;
    private readonly int[] _rows;

    private TreeProblem(LearningProblem original, int[] rows)
    {
        (_original, _rows) = (original, rows);
        Ordered = original.Take(rows);
        Encoding = TreeEncoding.Fit(Ordered.Inputs);
        Features = Encoding.Encode(Ordered.Inputs);
    }

    public LearningProblem Ordered { get; }

    public TreeEncoding Encoding { get; }

    public FeatureMatrix Features { get; }

    /// <exception cref="UnlearnableException">There is no feature.</exception>
    public static TreeProblem Of(LearningProblem problem, string learner)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var subjects = problem.Inputs.Subjects;
        var weights = problem.Weights.ToArray();
        var ordered = new TreeProblem(problem, [.. Enumerable.Range(0, problem.Count).Where(i => weights[i] > 0).OrderBy(i => subjects[i])]);
        return ordered.Features.FeatureCount > 0
            ? ordered
            : throw new UnlearnableException($"There is no covariate, no layer and no arm for {learner} to look at. Name at least one.");
    }

    /// <summary>Predictions of the subjects in the order they came; those of weight 0 are predicted by the model itself.</summary>
    public OutcomePredictions InOriginalOrder(OutcomePredictions ordered, Func<SubjectInputs, OutcomePredictions> predict)
    {
        var places = new int[_original.Count];
        Array.Fill(places, -1);
        for (var k = 0; k < _rows.Length; k++)
        {
            places[_rows[k]] = k;
        }

        var unseen = Enumerable.Range(0, places.Length).Where(i => places[i] < 0).ToArray();
        if (unseen.Length == 0)
        {
            return ordered.Take(places);
        }

        for (var k = 0; k < unseen.Length; k++)
        {
            places[unseen[k]] = _rows.Length + k;
        }

        return Joined(ordered, predict(_original.Inputs.Take(unseen))).Take(places);
    }

    /// <summary>Sentences that hold for every model of trees.</summary>
    public IEnumerable<string> Notes(double[] gains)
    {
        var all = gains.Sum();
        var used = gains.Count(g => g > 0);
        var most = Enumerable.Range(0, gains.Length).Where(f => gains[f] > 0).OrderByDescending(f => gains[f]).Take(FeaturesNamed)
            .Select(f => string.Create(CultureInfo.InvariantCulture, $"{Features.Names[f]} {gains[f] / all:P0}"));
        yield return used == 0
            ? "No feature was split on: everybody gets the same prediction."
            : $"Split on {used} of {gains.Length} features; of the gain went to {string.Join(", ", most)}.";
        if (Ordered.Inputs.Observations is not null)
        {
            yield return "Repeated measurements were there and not looked at: trees read baseline covariates, layers and arms.";
        }
    }

    private static OutcomePredictions Joined(OutcomePredictions first, OutcomePredictions second) => (first, second) switch
    {
        (ClassProbabilities a, ClassProbabilities b) => a with { Values = [.. a.Values, .. b.Values] },
        (ContinuousPredictions a, ContinuousPredictions b) => new ContinuousPredictions([.. a.Mean, .. b.Mean], [.. a.StandardDeviation, .. b.StandardDeviation]),
        (SurvivalPredictions a, SurvivalPredictions b) => a with { Survival = [.. a.Survival, .. b.Survival], Risk = [.. a.Risk, .. b.Risk] },
        (CumulativeIncidencePredictions a, CumulativeIncidencePredictions b) => a with { Incidence = [.. a.Incidence, .. b.Incidence] },
        _ => throw new ArgumentException("Predictions of two kinds cannot be joined."),
    };
}
