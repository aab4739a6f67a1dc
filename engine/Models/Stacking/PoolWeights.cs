using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Pooling;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Stacking;

/// <summary>Weights under which a pool of out-of-fold predictions scores best, for any weights of the subjects: the table that they are found from is made once.</summary>
/// <remarks>Survival: least integrated Brier score, a quadratic in the weights [Golmakani2020]. A continuous outcome: least squared error [Breiman1996]. Classes and competing
/// risks: greatest log score [Hall2007].</remarks>
internal sealed class PoolWeights
{
    private readonly OutcomeData _outcome;
    private readonly OutOfFoldScore _score;
    private readonly int _memberCount;
    private readonly double[] _table;

    /// <param name="members">Out-of-fold predictions of each model, on one grid.</param>
    /// <param name="outcome">What happened.</param>
    /// <param name="score">Of that outcome.</param>
    public PoolWeights(IReadOnlyList<OutcomePredictions> members, OutcomeData outcome, OutOfFoldScore score)
    {
        (_outcome, _score, _memberCount) = (outcome, score, members.Count);
        double[][] columns = [.. members.Select(Column)];
        _table = new double[columns[0].Length * members.Count];
        for (var row = 0; row < columns[0].Length; row++)
        {
            for (var m = 0; m < members.Count; m++)
            {
                _table[(row * members.Count) + m] = columns[m][row];
            }
        }
    }

    /// <param name="caseWeights">Shape [subjects]; 0 leaves a subject out.</param>
    /// <param name="priorCount">Pull towards equal weights, in subjects.</param>
    /// <returns>Shape [members]; not negative, sum 1.</returns>
    public double[] Fit(ReadOnlySpan<double> caseWeights, double priorCount)
    {
        if (_score.Brier is { } brier)
        {
            var weights = brier.Weights.ToArray();
            for (var k = 0; k < weights.Length; k++)
            {
                weights[k] *= caseWeights[k / brier.Grid.Length];
            }

            return LinearPool.SquaredErrorWeights(_table, _memberCount, brier.Targets, weights, priorCount);
        }

        return _outcome is ContinuousOutcome continuous
            ? LinearPool.SquaredErrorWeights(_table, _memberCount, continuous.Values, caseWeights, priorCount)
            : LinearPool.LogScoreWeights(_table, _memberCount, caseWeights, priorCount);
    }

    private double[] Column(OutcomePredictions member) => member switch
    {
        SurvivalPredictions survival when _score.Brier is not null => _score.Curves(survival),
        ContinuousPredictions continuous => continuous.Mean,
        _ => PredictionPool.Likelihoods(member, _outcome),
    };
}
