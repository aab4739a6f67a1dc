using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Training;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Networks.Losses;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Pretraining;

/// <summary>Encoders of the modalities with what pre-training asks of them: the mean of the tokens that are shown fills in the numbers that are hidden, and the token of one
/// modality tells which token of another is of the same subject.</summary>
/// <remarks>Sources: [Vincent2008] (numbers hidden and filled in), [Oord2018], [Radford2021] (contrast). Parameters of encoders have the names that they have in the network of outcomes.</remarks>
internal sealed class PretrainingNetwork : ITrainable, IDisposable
{
    private readonly IReadOnlyList<ModalityNumbers> _numbers;
    private readonly PretrainingOptions _options;
    private readonly SubjectMatrix[] _data;
    private readonly HiddenNumbers[] _hidden;
    private readonly PresenceMask _there;
    private readonly PresenceMask _shown;
    private readonly ITokenEncoder[] _encoders;
    private readonly Linear?[] _decoders;
    private readonly Linear[] _projections;
    private readonly ContrastiveLoss[] _contrasts;
    private readonly (int First, int Second)[] _pairs;

    public PretrainingNetwork(
        IComputeBackend backend, ulong seed, IReadOnlyList<IModalityEncoding> modalities, IReadOnlyList<ModalityNumbers> numbers, string[] names, NetworkLearnerOptions network, PretrainingOptions options)
    {
        (_numbers, _options) = (numbers, options);
        Parameters = new ParameterSet(backend);
        var scope = new LayerScope(Parameters, seed);
        _encoders = [.. modalities.Select(m => m.CreateEncoder(scope.Part(m.Name), network))];
        _decoders = [.. modalities.Select((m, k) => m is TableEncoding or ProjectionEncoding or MolecularEncoding
            ? new Linear(scope.Part("pretraining").Part("fill").Part(k), network.TokenWidth, numbers[k].RowCount * numbers[k].ColumnCount) : null)];
        _projections = [.. modalities.Select((_, k) => new Linear(scope.Part("pretraining").Part("contrast").Part(k), network.TokenWidth, network.TokenWidth))];
        _data = [.. numbers.Select((m, k) => new SubjectMatrix(backend, modalities[k].Name, m.Values, m.RowCount, m.ColumnCount, names))];
        _hidden = [.. numbers.Select((_, k) => new HiddenNumbers(backend, k, options.HiddenShare))];
        bool[][] isPresent = [.. numbers.Select(m => m.IsPresent)];
        (_there, _shown) = (new PresenceMask(backend, isPresent, 0f), new PresenceMask(backend, isPresent, options.ModalityDropout));
        _pairs = options.ContrastWeight > 0
            ? [.. from a in Enumerable.Range(0, modalities.Count) from b in Enumerable.Range(a + 1, modalities.Count - a - 1) select (a, b)]
            : [];
        _contrasts = [.. _pairs.Select(_ => new ContrastiveLoss(backend))];
    }

    public ParameterSet Parameters { get; }

    public int SubjectCount => _data[0].SubjectCount;

    public bool CanSplitBatches => false;

    public string SubjectName(int subject) => _data[0].SubjectName(subject);

    public void CheckInputs(ReadOnlySpan<int> subjects)
    {
        foreach (var modality in _data)
        {
            modality.CheckFinite(subjects);
        }
    }

    public Tensor Loss(Tape tape, ReadOnlySpan<int> subjects)
    {
        var count = _data.Length;
        var (inputs, masks, tokens) = (new Tensor[count], new Tensor?[count], new Tensor[count]);
        var (there, shown) = (_there.On(tape, subjects), _shown.On(tape, subjects));
        for (var m = 0; m < count; m++)
        {
            inputs[m] = _data[m].On(tape, subjects);
            masks[m] = _decoders[m] is null ? null : _hidden[m].On(tape, inputs[m].Rows, inputs[m].Columns);
            tokens[m] = _encoders[m].Forward(tape, masks[m] is { } mask ? tape.Multiply(inputs[m], mask) : inputs[m]);
        }

        var loss = Reconstruction(tape, Context(tape, tokens, shown), inputs, masks, there, shown);
        for (var p = 0; p < _pairs.Length; p++)
        {
            if (Contrast(tape, p, tokens, subjects) is { } contrast)
            {
                loss = tape.Add(loss, tape.Scale(contrast, _options.ContrastWeight));
            }
        }

        return loss;
    }

    /// <summary>Numbers of the encoders by the names of the parameters.</summary>
    public Dictionary<string, float[]> EncoderValues(IEnumerable<IModalityEncoding> modalities)
    {
        string[] prefixes = [.. modalities.Select(m => $"{m.Name}.")];
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var parameter in Parameters.Parameters.Where(p => prefixes.Any(x => p.Name.StartsWith(x, StringComparison.Ordinal))))
        {
            values[parameter.Name] = new float[parameter.Rows * parameter.Columns];
            Parameters.Backend.Download(parameter.Value, values[parameter.Name]);
        }

        return values;
    }

    public void Dispose()
    {
        Array.ForEach(_encoders, e => e.Dispose());
        Array.ForEach(_data, d => d.Dispose());
        Array.ForEach(_hidden, h => h.Dispose());
        Array.ForEach(_contrasts, c => c.Dispose());
        _there.Dispose();
        _shown.Dispose();
        Parameters.Dispose();
    }

    private static Tensor Context(Tape tape, Tensor[] tokens, Tensor shown)
    {
        Tensor? sum = null;
        for (var m = 0; m < tokens.Length; m++)
        {
            var own = tape.Multiply(tokens[m], tape.SliceColumns(shown, m, 1));
            sum = sum is null ? own : tape.Add(sum, own);
        }

        // At least one: the last modality that a subject has is never hidden; who has none divides by a tiny number of nothing.
        return tape.Divide(sum!, tape.Shift(tape.Reduce(shown, Reduction.Sum, shown.Rows, 1), 1e-6f));
    }

    /// <summary>Mean squared error over all numbers that are known and were hidden, alone or with their modality.</summary>
    private Tensor Reconstruction(Tape tape, Tensor context, Tensor[] inputs, Tensor?[] masks, Tensor there, Tensor shown)
    {
        Tensor? sum = null;
        var filled = 0;
        for (var m = 0; m < inputs.Length; m++)
        {
            if (_decoders[m] is not { } decoder)
            {
                continue;
            }

            var width = decoder.OutputWidth;
            var kept = tape.Multiply(tape.Reshape(masks[m]!, context.Rows, width), tape.SliceColumns(shown, m, 1));
            var weight = tape.Multiply(tape.Shift(tape.Scale(kept, -1f), 1f), tape.SliceColumns(there, m, 1));
            var residual = tape.Subtract(decoder.Forward(tape, context), tape.Reshape(inputs[m], context.Rows, width));
            var squares = tape.Sum(tape.Multiply(weight, tape.Multiply(residual, residual)));
            var mean = tape.Divide(squares, tape.Shift(tape.Sum(weight), 1e-3f));
            sum = sum is null ? mean : tape.Add(sum, mean);
            filled++;
        }

        return sum is null ? tape.Filled(1, 1, 0f, "nothing to fill in") : tape.Scale(sum, 1f / filled);
    }

    private Tensor? Contrast(Tape tape, int pair, Tensor[] tokens, ReadOnlySpan<int> subjects)
    {
        var (a, b) = _pairs[pair];
        var weights = new float[subjects.Length];
        var counted = 0;
        for (var k = 0; k < weights.Length; k++)
        {
            weights[k] = _numbers[a].IsPresent[subjects[k]] && _numbers[b].IsPresent[subjects[k]] ? 1f : 0f;
            counted += weights[k] > 0 ? 1 : 0;
        }

        if (counted < 2)
        {
            return null;
        }

        _contrasts[pair].SetTargets(weights.Length, weights);
        return _contrasts[pair].Of(tape, _projections[a].Forward(tape, tokens[a]), _projections[b].Forward(tape, tokens[b]));
    }
}
