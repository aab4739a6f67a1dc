using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Trials;

/// <summary>One thread's work space: draws and analyses one replicate at a time.</summary>
internal sealed class ReplicateTrial
{
    private const double DaysPerYear = 365.25;

    private readonly IReadOnlyList<VirtualSubject> _population;
    private readonly TrialDesign _design;
    private readonly SuccessCriterion _criterion;
    private readonly int _memberCount;
    private readonly ulong _seed;
    private readonly bool[] _treated;
    private readonly double[] _values;
    private readonly bool[] _occurred;

    public ReplicateTrial(IReadOnlyList<VirtualSubject> population, TrialDesign design, SuccessCriterion criterion, int memberCount, ulong seed)
    {
        _population = population;
        _design = design;
        _criterion = criterion;
        _memberCount = memberCount;
        _seed = seed;
        var count = design.TreatedCount + design.ControlCount;
        _treated = [.. Enumerable.Range(0, count).Select(i => i < design.TreatedCount)];
        _values = new double[count];
        _occurred = new bool[count];
    }

    /// <summary>Draws and analyses one trial; null when it gives no estimate.</summary>
    public ReplicateResult? Run(uint replicate)
    {
        var member = new RandomStream(new StreamKey(_seed, 0, 0, replicate, RandomPurpose.Ensemble)).NextInt(_memberCount);
        for (var slot = 0; slot < _values.Length; slot++)
        {
            Draw(slot, replicate, member);
        }

        return _population[0].UnderControl switch
        {
            SurvivalForecast => ReplicateAnalysis.Survival(_values, _occurred, _treated, _criterion),
            BinaryForecast => ReplicateAnalysis.Binary(_occurred, _treated, _criterion),
            _ => ReplicateAnalysis.Continuous(_values, _treated, _criterion),
        };
    }

    private void Draw(int slot, uint replicate, int member)
    {
        var arm = _treated[slot] ? 1u : 0u;
        var subject = _population[Stream(slot, arm, replicate, RandomPurpose.Randomization).NextInt(_population.Count)];
        var forecast = _treated[slot] ? subject.UnderTreatment : subject.UnderControl;
        switch (forecast)
        {
            case SurvivalForecast survival:
                DrawSurvival(survival, slot, arm, replicate, member);
                break;
            case BinaryForecast binary:
                _occurred[slot] = Stream(slot, arm, replicate, RandomPurpose.Outcome).NextDouble() < binary.Members[member];
                break;
            case ContinuousForecast continuous:
                _values[slot] = continuous.Members[member]
                    + (continuous.ResidualStandardDeviation * Stream(slot, arm, replicate, RandomPurpose.Outcome).NextGaussian());
                break;
            default:
                throw new InvalidOperationException($"Unknown forecast {forecast.GetType().Name}.");
        }
    }

    private void DrawSurvival(SurvivalForecast forecast, int slot, uint arm, uint replicate, int member)
    {
        var uniform = Stream(slot, arm, replicate, RandomPurpose.EventTime).NextOpenDouble();
        var eventDay = EventTimeSampler.Invert(forecast.GridDays, forecast.Members[member], uniform);
        var entryDay = _design.Accrual.Days * Stream(slot, arm, replicate, RandomPurpose.Accrual).NextDouble();
        var censoredDay = Math.Min(_design.Accrual.Days + _design.FollowUp.Days - entryDay, forecast.GridDays[^1]);
        censoredDay = Math.Min(censoredDay, _design.Horizon?.Days ?? double.PositiveInfinity);
        if (_design.DropoutPerYear > 0)
        {
            var exit = Stream(slot, arm, replicate, RandomPurpose.Dropout).NextExponential() * DaysPerYear / _design.DropoutPerYear;
            censoredDay = Math.Min(censoredDay, exit);
        }

        _occurred[slot] = eventDay <= censoredDay;
        _values[slot] = Math.Min(eventDay, censoredDay);
    }

    private RandomStream Stream(int slot, uint arm, uint replicate, RandomPurpose purpose) =>
        new(new StreamKey(_seed, (ulong)slot, arm, replicate, purpose));
}
