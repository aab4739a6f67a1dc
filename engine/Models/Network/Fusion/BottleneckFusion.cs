using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Fusion;

/// <summary>A few latent vectors, the only way between modalities: in each round they attend to the tokens that are there, then to each other, then go through a
/// perceptron. Their mean is the subject.</summary>
/// <remarks>Sources: [Jaegle2021] section 3.1 (latent array), [Nagrani2021] section 3.3 (bottleneck). A learned token that is always there takes the attention of a
/// subject without any modality. Tokens carry a learned vector of their modality.</remarks>
internal sealed class BottleneckFusion : IFusion
{
    /// <summary>Added to the score of a token that is not there: finite, and far below any score.</summary>
    private const float Hidden = -1e9f;

    private readonly Parameter _latents;
    private readonly Parameter _modality;
    private readonly Parameter _always;
    private readonly (LatentAttention Tokens, LatentAttention Latents, ResidualBlock Block)[] _rounds;
    private readonly ZeroLinear _output;
    private readonly SparseOperand _repeat;
    private readonly SparseOperand _mean;
    private readonly int _latentCount;
    private readonly int _width;

    public BottleneckFusion(LayerScope scope, int modalityCount, int coefficientCount, NetworkLearnerOptions options)
    {
        (_latentCount, _width) = (options.LatentCount, options.TokenWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_latentCount, nameof(options));
        _latents = scope.Weight("latents", _latentCount, _width);
        _modality = scope.Row("modality", modalityCount * _width);
        _always = scope.Weight("always", 1, _width);
        _rounds =
        [
            .. Enumerable.Range(0, options.LatentRoundCount).Select(k => scope.Part("round").Part(k)).Select(s => (
                new LatentAttention(s.Part("tokens"), _width),
                new LatentAttention(s.Part("latents"), _width),
                new ResidualBlock(s.Part("block"), _width, options.HiddenWidth, options.Dropout))),
        ];
        _output = new ZeroLinear(scope.Part("output"), _width, coefficientCount, options.Dropout);
        var weights = new float[_latentCount];
        Array.Fill(weights, 1f / _latentCount);
        _repeat = scope.Parameters.Backend.Load(CsrMatrix.Selection(new int[_latentCount], 1));
        _mean = scope.Parameters.Backend.Load(new CsrMatrix(1, _latentCount, [0, _latentCount], [.. Enumerable.Range(0, _latentCount)], weights));
    }

    public Tensor Forward(Tape tape, IReadOnlyList<Tensor> tokens, Tensor presence)
    {
        var (subjects, columns) = (presence.Rows, presence.Columns + 1);
        Tensor? together = null;
        foreach (var token in tokens)
        {
            together = together is null ? token : tape.ConcatenateColumns(together, token);
        }

        var always = tape.Add(tape.Filled(subjects, _width, 0f, "always"), tape.Parameter(_always));
        together = tape.ConcatenateColumns(tape.Add(together!, tape.Parameter(_modality)), always);
        var seen = tape.Reshape(together, subjects * columns, _width);
        var isThere = tape.ConcatenateColumns(presence, tape.Filled(subjects, 1, 1f, "always there"));
        var mask = tape.Gather(tape.Scale(tape.Shift(isThere, -1f), -Hidden), _repeat);
        var latents = tape.Add(tape.Filled(subjects * _latentCount, _width, 0f, "latents"), tape.Parameter(_latents));
        foreach (var (ofTokens, ofLatents, block) in _rounds)
        {
            latents = ofTokens.Forward(tape, latents, seen, subjects, mask);
            latents = ofLatents.Forward(tape, latents, latents, subjects);
            latents = block.Forward(tape, latents);
        }

        return _output.Forward(tape, tape.Propagate(latents, _mean));
    }

    public void Dispose()
    {
        _repeat.Dispose();
        _mean.Dispose();
    }
}
