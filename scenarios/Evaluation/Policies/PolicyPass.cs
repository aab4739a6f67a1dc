using DigitalTwin.Numerics.Policies;

namespace DigitalTwin.Scenarios.Evaluation.Policies;

/// <summary>One pass over the subjects, each held out once: what they received, what was chosen for them, and what became of them.</summary>
internal sealed class PolicyPass
{
    private readonly List<double> _outcomes = [];
    private readonly List<double> _propensities = [];
    private readonly List<int> _received = [];
    private readonly List<int> _chosen = [];
    private readonly List<double> _underChosen = [];
    private readonly List<int> _single = [];
    private readonly List<double> _underSingle = [];

    public int Count => _outcomes.Count;

    /// <summary>Whether there was, in every fold, an arm that is supported for all of its subjects.</summary>
    public bool HasSingle { get; private set; } = true;

    /// <summary>Whether the model tells any two arms apart for anybody.</summary>
    public bool TellsArmsApart { get; private set; }

    /// <summary>Choices among arms that were too improbable for the subject to be chosen for it, and all choices.</summary>
    public (int Left, int All) Unsupported { get; private set; }

    /// <summary>Arm chosen for each subject.</summary>
    public IReadOnlyList<int> Chosen => _chosen;

    /// <summary>Adds the held-out subjects of one fold. Nothing is chosen by their outcomes.</summary>
    /// <param name="outcomes">Shape [subjects].</param>
    /// <param name="received">Shape [subjects].</param>
    /// <param name="predicted">Under each arm, shape [arms][subjects].</param>
    /// <param name="propensities">Of each arm, shape [arms][subjects].</param>
    /// <param name="plan">What is best, and what is supported.</param>
    public void Add(double[] outcomes, int[] received, double[][] predicted, double[][] propensities, PolicyPlan plan)
    {
        var sign = plan.HighestIsBest ? 1 : -1;
        var arms = Enumerable.Range(0, predicted.Length).ToArray();
        bool IsSupported(int arm, int i) => propensities[arm][i] >= plan.LeastPropensity;

        // The one arm for all is that with the best mean prediction among those supported for everybody held out.
        int[] forAll = [.. arms.Where(a => Enumerable.Range(0, outcomes.Length).All(i => IsSupported(a, i)))];
        var single = forAll.Length == 0 ? -1 : forAll.MaxBy(a => sign * predicted[a].Average());
        HasSingle &= single >= 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            int[] supported = [.. arms.Where(a => IsSupported(a, i))];
            var chosen = supported.Length > 0 ? supported.MaxBy(a => sign * predicted[a][i]) : arms.MaxBy(a => propensities[a][i]);
            TellsArmsApart |= arms.Any(a => predicted[a][i] != predicted[0][i]);
            Unsupported = (Unsupported.Left + arms.Length - supported.Length, Unsupported.All + arms.Length);
            _outcomes.Add(outcomes[i]);
            _received.Add(received[i]);
            _propensities.Add(Math.Max(propensities[received[i]][i], double.Epsilon));
            _chosen.Add(chosen);
            _underChosen.Add(predicted[chosen][i]);
            _single.Add(Math.Max(single, 0));
            _underSingle.Add(predicted[Math.Max(single, 0)][i]);
        }
    }

    public double ObservedMean => _outcomes.Average();

    public double ObservedError => Math.Sqrt(_outcomes.Sum(o => (o - ObservedMean) * (o - ObservedMean))) / Count;

    public PolicyValue InverseProbability() => PolicyValue.InverseProbability([.. _outcomes], [.. _received], [.. _chosen], [.. _propensities]);

    public PolicyValue DoublyRobust() => PolicyValue.DoublyRobust([.. _outcomes], [.. _received], [.. _chosen], [.. _propensities], [.. _underChosen]);

    public PolicyValue SingleArm() => PolicyValue.DoublyRobust([.. _outcomes], [.. _received], [.. _single], [.. _propensities], [.. _underSingle]);

    /// <summary>Gain over what was done.</summary>
    public (double Difference, double StandardError) OverObserved() => PolicyScores.Compare(Scores(_chosen, _underChosen), [.. _outcomes]);

    /// <summary>Gain over the one arm for all.</summary>
    public (double Difference, double StandardError) OverSingleArm() => PolicyScores.Compare(Scores(_chosen, _underChosen), Scores(_single, _underSingle));

    private double[] Scores(List<int> chosen, List<double> predicted) =>
        PolicyScores.DoublyRobust([.. _outcomes], [.. _received], [.. chosen], [.. _propensities], [.. predicted]);
}
