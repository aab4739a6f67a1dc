namespace DigitalTwin.Numerics.Survival;

/// <summary>Log partial likelihood, its gradient and its information at one coefficient vector, in centred and scaled covariates.</summary>
/// <remarks>
/// The information is a sum over event times of S2/S0 - S1 S1'/S0^2. Its first part is regrouped by subject,
/// sum of c_i x_i x_i' with c_i the subject's expected events, so that S2 never has to be carried along:
/// what is left at an event time is one rank-one update (Efron ties: two), and the subjects' part is a weighted Gram matrix
/// taken a block of subjects at a time. Source: [Therneau2000] chapter 3.
/// Cost O(n p^2 / 2); all memory is taken once. Not for two threads at a time.
/// </remarks>
internal sealed class CoxLikelihood
{
    /// <summary>Subjects of one block of the Gram matrix: the columns of a block stay in the first cache.</summary>
    private const int BlockLength = 256;

    private readonly CoxRiskSets _sets;
    private readonly TieHandling _ties;
    private readonly double[] _s1;
    private readonly double[] _s1Events;
    private readonly double[] _left;
    private readonly double[] _residuals;
    private readonly double[] _weighted = new double[BlockLength];
    private readonly double[] _denominators;
    private readonly double[] _denominatorWeights;
    private int _denominatorCount;

    public CoxLikelihood(CoxRiskSets sets, TieHandling ties)
    {
        (_sets, _ties) = (sets, ties);
        _s1 = new double[sets.Stride];
        _s1Events = new double[sets.Stride];
        _left = new double[sets.Stride];
        _residuals = new double[sets.PaddedCount];
        _denominators = new double[sets.PaddedCount];
        _denominatorWeights = new double[sets.PaddedCount];
        Weights = new double[sets.PaddedCount];
        LinearPredictors = new double[sets.PaddedCount];
        Risks = new double[sets.PaddedCount];
        Expected = new double[sets.PaddedCount];
        Hazards = new double[sets.Groups.Length];
        EventHazards = new double[sets.Groups.Length];
        Score = new double[sets.Stride];
        Information = new double[sets.Stride * sets.Stride];
        GramDiagonal = new double[sets.CovariateCount];
    }

    /// <summary>Case weights in sorted order; the caller fills them.</summary>
    public double[] Weights { get; }

    public double[] LinearPredictors { get; }

    /// <summary>Weight times relative hazard, in sorted order.</summary>
    public double[] Risks { get; }

    /// <summary>Weight times expected events, in sorted order.</summary>
    public double[] Expected { get; }

    /// <summary>Step of the cumulative hazard at each time group.</summary>
    public double[] Hazards { get; }

    /// <summary>The part of the step that those with the event at that time have lived through; less than the step for Efron ties.</summary>
    public double[] EventHazards { get; }

    public double[] Score { get; }

    /// <summary>Lower triangle, shape [stride, stride].</summary>
    public double[] Information { get; }

    /// <summary>Diagonal of the information before the risk-set means are taken off: the scale that rounding in it has.</summary>
    public double[] GramDiagonal { get; }

    /// <summary>Subjects of positive weight with an event.</summary>
    public int EventCount { get; private set; }

    /// <returns>Log partial likelihood; not finite where the coefficients overflow.</returns>
    public double Evaluate(ReadOnlySpan<double> coefficients)
    {
        _sets.Offsets.CopyTo(LinearPredictors, 0);
        for (var j = 0; j < coefficients.Length; j++)
        {
            if (coefficients[j] != 0)
            {
                VectorLoops.AddScaled(
                    LinearPredictors, coefficients[j], _sets.ByColumn.AsSpan(j * _sets.PaddedCount, _sets.PaddedCount));
            }
        }

        VectorLoops.WeightedExp(Risks, Weights, LinearPredictors);
        Array.Clear(Score);
        Array.Clear(Information);
        var eventSum = WalkRiskSets();
        if (!double.IsFinite(eventSum))
        {
            return double.NaN;
        }

        SetExpected();
        AddSubjects();
        var padded = (_denominatorCount + CoxRiskSets.Lanes - 1) / CoxRiskSets.Lanes * CoxRiskSets.Lanes;
        for (var k = _denominatorCount; k < padded; k++)
        {
            (_denominators[k], _denominatorWeights[k]) = (1, 0);
        }

        return eventSum - VectorLoops.WeightedLogSum(_denominatorWeights.AsSpan(0, padded), _denominators.AsSpan(0, padded));
    }

    /// <summary>Latest time first: grows the risk sets, sets the hazards, takes the risk-set means off the information.</summary>
    private double WalkRiskSets()
    {
        var eventSum = 0.0;
        var s0 = 0.0;
        (_denominatorCount, EventCount) = (0, 0);
        for (var g = 0; g < _sets.Groups.Length; g++)
        {
            var group = _sets.Groups[g];
            if (group.OpensStratum)
            {
                s0 = 0;
                Array.Clear(_s1);
            }

            var (eventWeight, eventRisk, eventCount) = (0.0, 0.0, 0);
            for (var i = group.Start; i < group.EventEnd; i++)
            {
                if (Weights[i] > 0)
                {
                    eventCount++;
                    eventWeight += Weights[i];
                    eventRisk += Risks[i];
                    eventSum += Weights[i] * LinearPredictors[i];
                }
            }

            for (var i = group.Start; i < group.End; i++)
            {
                s0 += Risks[i];
                VectorLoops.AddScaled(_s1, Risks[i], _sets.ByRow.AsSpan(i * _sets.Stride, _sets.Stride));
            }

            EventCount += eventCount;
            (Hazards[g], EventHazards[g]) = eventCount switch
            {
                0 => (0, 0),
                > 1 when _ties == TieHandling.Efron => AddEfronTies(group, s0, eventRisk, eventWeight, eventCount),
                _ => AddEvents(s0, eventWeight),
            };
            if (!double.IsFinite(Hazards[g]))
            {
                return double.NaN;
            }
        }

        return eventSum;
    }

    private (double Hazard, double EventHazard) AddEvents(double s0, double eventWeight)
    {
        AddDenominator(s0, eventWeight);
        var hazard = eventWeight / s0;
        VectorLoops.AddOuter(Information, -hazard / s0, _s1, _s1, _sets.CovariateCount);
        return (hazard, hazard);
    }

    /// <summary>The k-th of d tied events sees the risk set less k/d of the tied ones.</summary>
    private (double Hazard, double EventHazard) AddEfronTies(
        CoxTimeGroup group, double s0, double eventRisk, double eventWeight, int eventCount)
    {
        Array.Clear(_s1Events);
        for (var i = group.Start; i < group.EventEnd; i++)
        {
            if (Weights[i] > 0)
            {
                VectorLoops.AddScaled(_s1Events, Risks[i], _sets.ByRow.AsSpan(i * _sets.Stride, _sets.Stride));
            }
        }

        var meanWeight = eventWeight / eventCount;
        var (hazard, eventHazard) = (0.0, 0.0);
        var (constant, linear, quadratic) = (0.0, 0.0, 0.0);
        for (var k = 0; k < eventCount; k++)
        {
            var left = (double)k / eventCount;
            var denominator = s0 - (left * eventRisk);
            AddDenominator(denominator, meanWeight);
            var step = meanWeight / denominator;
            hazard += step;
            eventHazard += step * (1 - left);
            constant += step / denominator;
            linear += step / denominator * left;
            quadratic += step / denominator * left * left;
        }

        // sum of (s1 - left e)(s1 - left e)' = s1 (c s1 - l e)' + e (q e - l s1)'
        Array.Clear(_left);
        VectorLoops.AddScaled(_left, constant, _s1);
        VectorLoops.AddScaled(_left, -linear, _s1Events);
        VectorLoops.AddOuter(Information, -1, _s1, _left, _sets.CovariateCount);
        Array.Clear(_left);
        VectorLoops.AddScaled(_left, quadratic, _s1Events);
        VectorLoops.AddScaled(_left, -linear, _s1);
        VectorLoops.AddOuter(Information, -1, _s1Events, _left, _sets.CovariateCount);
        return (hazard, eventHazard);
    }

    private void AddDenominator(double value, double weight)
    {
        _denominators[_denominatorCount] = value;
        _denominatorWeights[_denominatorCount] = weight;
        _denominatorCount++;
    }

    /// <summary>Earliest time first: expected events of each subject.</summary>
    private void SetExpected()
    {
        var cumulative = 0.0;
        for (var g = _sets.Groups.Length - 1; g >= 0; g--)
        {
            var group = _sets.Groups[g];
            var eventHazard = cumulative + EventHazards[g];
            for (var i = group.Start; i < group.EventEnd; i++)
            {
                Expected[i] = Risks[i] * eventHazard;
                _residuals[i] = Weights[i] - Expected[i];
            }

            cumulative += Hazards[g];
            for (var i = group.EventEnd; i < group.End; i++)
            {
                Expected[i] = Risks[i] * cumulative;
                _residuals[i] = -Expected[i];
            }

            cumulative = group.OpensStratum ? 0 : cumulative;
        }
    }

    /// <summary>The gradient, sum of residual x, and the subjects' part of the information, sum of expected x x'.</summary>
    private void AddSubjects()
    {
        var count = _sets.CovariateCount;
        for (var j = 0; j < count; j++)
        {
            GramDiagonal[j] = -Information[(j * _sets.Stride) + j];
        }

        for (var start = 0; start < _sets.PaddedCount; start += BlockLength)
        {
            var length = Math.Min(BlockLength, _sets.PaddedCount - start);
            var columns = _sets.ByColumn.AsSpan(start);
            VectorLoops.AddDots(Score, _residuals.AsSpan(start, length), columns, _sets.PaddedCount);
            for (var i = 0; i < count; i++)
            {
                var weighted = _weighted.AsSpan(0, length);
                VectorLoops.Multiply(weighted, Expected.AsSpan(start, length), columns.Slice(i * _sets.PaddedCount, length));
                var wholeVectors = ((i / CoxRiskSets.Lanes) + 1) * CoxRiskSets.Lanes;
                VectorLoops.AddDots(Information.AsSpan(i * _sets.Stride, wholeVectors), weighted, columns, _sets.PaddedCount);
            }
        }

        for (var j = 0; j < count; j++)
        {
            GramDiagonal[j] += Information[(j * _sets.Stride) + j];
        }
    }
}
