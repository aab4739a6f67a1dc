using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;
using MathNet.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.KnownTruth;

/// <summary>Draws multi-omics trials of which everything is known. Mutations of driver genes and noise enter a signed network, a = (I - 0.6 W)^-1 (1.2 m + e), where W
/// holds the signs of the edges over the square root of their number into a node; expression and protein are a with noise. The risk of an event rises with the activity
/// downstream of the drug's target, age and one mutation; the drug lowers the risk the more, the more active its target is.</summary>
/// <remarks>A subject's numbers come from its own stream: subject 7 is the same whoever else is drawn.</remarks>
public sealed class KnownTruthGenerator
{
    private const double Damping = 0.6;
    private const double MutationShift = 1.2;
    private const double MutationRate = 0.12;
    private const int DriverCount = 12;
    private const int ScalingDraws = 4000;

    private readonly KnownTruthOptions _options;
    private readonly GeneNetwork _network;
    private readonly Matrix<double> _propagation;
    private readonly int[] _drivers;
    private readonly int _target;
    private readonly int[] _downstream;
    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <param name="network">Genes that are measured; edges with a sign carry signals, others do not.</param>
    /// <param name="target">The gene that the drug inhibits; a node with signed edges going out.</param>
    /// <param name="options">What the trial is like.</param>
    /// <exception cref="ArgumentException">The target has no signed edge going out.</exception>
    public KnownTruthGenerator(GeneNetwork network, GeneSymbol target, KnownTruthOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        (_network, _options, _target) = (network, options, network.IndexOf(target));
        _downstream = [.. SignedEdges().Where(e => e.Source == _target).Select(e => e.Target).Distinct().Order()];
        if (_downstream.Length == 0)
        {
            throw new ArgumentException($"'{target}' has no signed edge to another gene of this network, so that a drug on it would do nothing.", nameof(target));
        }

        _propagation = Propagation();
        _drivers = [.. Enumerable.Range(0, network.NodeCount).OrderByDescending(i => SignedEdges().Count(e => e.Source == i)).ThenBy(i => i).Where(i => i != _target).Take(DriverCount)];
        (_means, _deviations) = Scales();
    }

    /// <summary>The arms: control without a drug, and one drug that inhibits the target.</summary>
    public IReadOnlyList<Treatment> Treatments =>
    [
        new Treatment(KnownTruthTrial.ControlArm, []),
        new Treatment(KnownTruthTrial.TreatedArm, [new DrugExposure("inhibitor", 1, [new DrugTarget(_network.Nodes[_target].Symbol.Value)])]),
    ];

    /// <summary>One trial.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="replicate">Number of the replicate: other subjects, the same truth.</param>
    public KnownTruthTrial Draw(ulong seed, uint replicate)
    {
        var trial = Enumerable.Range(0, _options.TrialCount).Select(i => Subject(seed, replicate, $"T{i:D5}", isExternal: false)).ToArray();
        var external = Accepted(seed, replicate).Take(_options.ExternalCount).ToArray();
        return new KnownTruthTrial(
            Problem(trial),
            [.. trial.Select(s => (s.ControlRisk, s.TreatedRisk))],
            external.Length == 0 ? null : Problem(external),
            [.. external.Select(s => s.ControlRisk)]);
    }

    /// <summary>Subjects of the population that trials are drawn from, randomised, without an external cohort. The first of them are those of <see cref="Draw"/>.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="replicate">Number of the replicate.</param>
    /// <param name="count">How many, at least 1.</param>
    public KnownTruthTrial DrawPopulation(ulong seed, uint replicate, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var subjects = Enumerable.Range(0, count).Select(i => Subject(seed, replicate, $"T{i:D5}", isExternal: false)).ToArray();
        return new KnownTruthTrial(Problem(subjects), [.. subjects.Select(s => (s.ControlRisk, s.TreatedRisk))], null, []);
    }

    /// <summary>The average effect in the population that trials are drawn from, with the standard error of the simulation.</summary>
    /// <param name="seed">Seed, of draws that no trial uses.</param>
    /// <param name="count">Subjects drawn.</param>
    public (double Effect, double StandardError) PopulationEffect(ulong seed, int count = 100_000)
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < count; i++)
        {
            var subject = Latent(new RandomStream(new StreamKey(seed, (ulong)i, 2, uint.MaxValue, RandomPurpose.KnownTruth)), isExternal: false);
            var effect = subject.TreatedRisk - subject.ControlRisk;
            sum += effect;
            squares += effect * effect;
        }

        var mean = sum / count;
        return (mean, Math.Sqrt(((squares / count) - (mean * mean)) / count));
    }

    private IEnumerable<SimulatedSubject> Accepted(ulong seed, uint replicate)
    {
        for (var i = 0; ; i++)
        {
            var subject = Subject(seed, replicate, $"E{i:D6}", isExternal: true);
            if (subject.SelectionDraw < Logistic(_options.Selection * (subject.Age + subject.MutationCount - (MutationRate * DriverCount))))
            {
                yield return subject;
            }
        }
    }

    private SimulatedSubject Subject(ulong seed, uint replicate, string id, bool isExternal)
    {
        var stream = new RandomStream(new StreamKey(seed, StreamKey.HashOf(id), isExternal ? 1u : 0u, replicate, RandomPurpose.KnownTruth));
        var subject = Latent(stream, isExternal);
        var treated = !isExternal && stream.NextDouble() < _options.TreatedShare;
        var nodes = _network.NodeCount;
        var (expression, protein) = (new float[nodes], new float[nodes]);
        var hasExpression = stream.NextDouble() >= _options.ExpressionMissing;
        var hasProtein = stream.NextDouble() >= Math.Min(0.99, _options.ProteinMissing * 2 * Logistic(subject.Age));
        for (var g = 0; g < nodes; g++)
        {
            var shift = isExternal && g % 3 == 0 ? _options.AssayDrift : 0;
            var (first, second) = (stream.NextGaussian(), stream.NextGaussian());
            expression[g] = hasExpression ? (float)(subject.Activity[g] + (0.5 * first) + shift) : float.NaN;
            protein[g] = hasProtein ? (float)((0.8 * subject.Activity[g]) + (0.6 * second)) : float.NaN;
        }

        return subject with
        {
            Id = new SubjectId(id),
            IsTreated = treated,
            Occurred = stream.NextDouble() < (treated ? subject.TreatedRisk : subject.ControlRisk),
            SelectionDraw = stream.NextDouble(),
            Expression = expression,
            Protein = protein,
        };
    }

    private SimulatedSubject Latent(RandomStream stream, bool isExternal)
    {
        var (mutations, activity) = Activity(stream);
        for (var g = 0; g < activity.Length; g++)
        {
            activity[g] = (activity[g] - _means[g]) / _deviations[g];
        }

        var age = stream.NextGaussian();
        var downstream = _downstream.Average(g => activity[g]);
        var control = -0.2 + (0.7 * downstream) + (0.5 * age) + (0.6 * mutations[_drivers[0]]) + (isExternal ? _options.OutcomeDrift : 0);

        // tanh bounds what a very active target can add.
        var effect = _options.MeanLogOddsEffect + (_options.EffectHeterogeneity * Math.Tanh(activity[_target]));
        return new SimulatedSubject(age, mutations, activity, Logistic(control), Logistic(control + effect));
    }

    private (double[] Mutations, double[] Activity) Activity(RandomStream stream)
    {
        var (mutations, entering) = (new double[_network.NodeCount], new double[_network.NodeCount]);
        foreach (var driver in _drivers)
        {
            mutations[driver] = stream.NextDouble() < MutationRate ? 1 : 0;
        }

        for (var g = 0; g < entering.Length; g++)
        {
            entering[g] = (MutationShift * mutations[g]) + stream.NextGaussian();
        }

        return (mutations, (_propagation * Vector<double>.Build.Dense(entering)).ToArray());
    }

    private Matrix<double> Propagation()
    {
        var count = _network.NodeCount;
        var system = Matrix<double>.Build.DenseIdentity(count);
        var into = new double[count];
        foreach (var edge in SignedEdges())
        {
            into[edge.Target]++;
        }

        foreach (var edge in SignedEdges())
        {
            system[edge.Target, edge.Source] -= Damping * (int)edge.Sign / Math.Sqrt(into[edge.Target]);
        }

        return system.Inverse();
    }

    private (double[] Means, double[] Deviations) Scales()
    {
        var (sums, squares) = (new double[_network.NodeCount], new double[_network.NodeCount]);
        for (var i = 0; i < ScalingDraws; i++)
        {
            var (_, activity) = Activity(new RandomStream(new StreamKey(0, (ulong)i, 3, uint.MaxValue, RandomPurpose.KnownTruth)));
            for (var g = 0; g < sums.Length; g++)
            {
                sums[g] += activity[g] / ScalingDraws;
                squares[g] += activity[g] * activity[g] / ScalingDraws;
            }
        }

        return (sums, [.. squares.Zip(sums, (q, s) => Math.Sqrt(q - (s * s)))]);
    }

    private LearningProblem Problem(SimulatedSubject[] subjects)
    {
        SubjectId[] ids = [.. subjects.Select(s => s.Id)];
        string[] genes = [.. _network.Nodes.Select(n => n.Symbol.Value)];
        string[] drivers = [.. _drivers.Select(d => genes[d])];
        var inputs = new SubjectInputs(
            ids,
            [new NumericColumn(new Variable("age", VariableType.Continuous, VariableRole.Covariate, "1", "age, standardised", null, []), [.. subjects.Select(s => s.Age)])],
            [
                Layer("expression", genes, ids, subjects.SelectMany(s => s.Expression)),
                Layer("mutation", drivers, ids, subjects.SelectMany(s => _drivers.Select(d => (float)s.Mutations[d]))),
                Layer("protein", genes, ids, subjects.SelectMany(s => s.Protein)),
            ],
            treatments: new TreatmentColumn(Treatments, [.. subjects.Select(s => s.IsTreated ? 1 : 0)]));
        return new LearningProblem(inputs, new BinaryOutcome([.. subjects.Select(s => s.Occurred)]));
    }

    private static SubjectLayer Layer(string name, string[] features, SubjectId[] subjects, IEnumerable<float> values) =>
        new(new OmicsLayer(name, "1", features, [.. values]), subjects);

    private IEnumerable<GeneEdge> SignedEdges() => _network.Edges.Where(e => e.Sign != EdgeSign.Unknown && e.IsDirected);

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
