using System.Globalization;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Network.Pretraining;

/// <summary>Encoders that have learnt, from subjects whose outcome nobody knows, what goes with what: starting values of a <see cref="NetworkLearner"/>, given to it as
/// <see cref="NetworkLearnerOptions.Pretrained"/>. Immutable.</summary>
/// <remarks>Encodings (scales, bins, nodes) come along, for the weights mean nothing without them. Treatments are left out: they are encoded from the labelled subjects.</remarks>
public sealed class PretrainedEncoders
{
    private readonly IReadOnlyDictionary<string, float[]> _values;
    private readonly IReadOnlyDictionary<string, IModalityEncoding> _modalities;

    private PretrainedEncoders(IReadOnlyDictionary<string, float[]> values, IReadOnlyDictionary<string, IModalityEncoding> modalities, int width, IReadOnlyList<string> findings) =>
        (_values, _modalities, TokenWidth, Findings) = (values, modalities, width, findings);

    /// <summary>Width of the tokens; the network that starts from them has the same.</summary>
    public int TokenWidth { get; }

    /// <summary>How the loss on held-out subjects fell, and of which modalities.</summary>
    public IReadOnlyList<string> Findings { get; }

    /// <summary>Learns to fill in hidden numbers, and to tell which parts are of one subject.</summary>
    /// <param name="subjects">Labelled or not; no outcome is looked at. Subjects that are to be predicted later may be among them only if that is meant.</param>
    /// <param name="network">Settings of the network that will start from it: sizes, the gene network.</param>
    /// <param name="options">Settings; the defaults if null.</param>
    /// <param name="context">Seed, backend, cancellation.</param>
    /// <exception cref="UnlearnableException">Too few subjects, or nothing varies among them.</exception>
    public static PretrainedEncoders Fit(SubjectInputs subjects, NetworkLearnerOptions network, PretrainingOptions? options, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(context);
        options ??= new PretrainingOptions();
        options.Check();
        if (subjects.Count < options.LeastSubjectCount)
        {
            throw new UnlearnableException($"There are {subjects.Count} subjects to pre-train on, and {options.LeastSubjectCount} are asked for. Train without, or lower LeastSubjectCount.");
        }

        var inputs = subjects.Take([.. Enumerable.Range(0, subjects.Count).OrderBy(i => subjects.Subjects[i])]).WithoutTreatments();
        var findings = new List<string>();
        var encoding = InputEncoding.Fit(inputs, network with { Pretrained = null }, findings);
        var numbers = encoding.Encode(inputs);
        string[] names = [.. inputs.Subjects.Select(s => s.Value)];
        var seed = new RandomStream(new StreamKey(context.Seed, StreamKey.HashOf("pre-training"), 0, 0, RandomPurpose.Ensemble)).NextUInt64();
        using var model = new PretrainingNetwork(context.Backend, seed, encoding.Modalities, numbers, names, network, options);
        using var trainer = new Trainer(model, TrainerOptions(seed, options), Rows(inputs.Count, k => k % 10 != 0), Rows(inputs.Count, k => k % 10 == 0));
        var result = trainer.Train(cancellation: context.Cancellation);
        findings.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Pre-trained on {inputs.Count} subjects ({string.Join(", ", encoding.Modalities.Select(m => m.Name))}): the loss on held-out subjects fell from {result.History[0].ValidationMetric:0.000} after the first epoch to {result.BestMetric:0.000} after {result.BestEpoch}."));
        return new PretrainedEncoders(
            model.EncoderValues(encoding.Modalities), encoding.Modalities.ToDictionary(m => m.Name, StringComparer.Ordinal), network.TokenWidth, findings);
    }

    /// <summary>The encoding of pre-training where there is one of this name, else the given one.</summary>
    internal IModalityEncoding Of(IModalityEncoding fitted) => _modalities.GetValueOrDefault(fitted.Name) ?? fitted;

    /// <summary>Puts the values of pre-training in the parameters of their names.</summary>
    /// <exception cref="ArgumentException">A parameter has another size: the settings of the network are not those of pre-training.</exception>
    internal void Load(ParameterSet parameters)
    {
        foreach (var parameter in parameters.Parameters)
        {
            if (_values.TryGetValue(parameter.Name, out var values))
            {
                if (values.Length != parameter.Rows * parameter.Columns)
                {
                    throw new ArgumentException(
                        $"Parameter '{parameter.Name}' has {parameter.Rows * parameter.Columns} numbers and {values.Length} after pre-training. Give both the same settings of the network.");
                }

                parameters.Backend.Upload(values, parameter.Value);
            }
        }
    }

    private static TrainerOptions TrainerOptions(ulong seed, PretrainingOptions options) => new()
    {
        Seed = seed,
        EpochCount = options.EpochCount,
        Patience = options.Patience,
        BatchSize = options.BatchSize,
        GradientNormLimit = 5,
        Optimizer = new OptimizerOptions { Kind = OptimizerKind.AdamW, LearningRate = options.LearningRate, WeightDecay = options.WeightDecay },
    };

    private static int[] Rows(int count, Func<int, bool> isWanted) => [.. Enumerable.Range(0, count).Where(isWanted)];
}
