using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Training;

/// <summary>A network with training subjects, their outcomes and weights: what the trainer asks for.</summary>
internal sealed class NetworkTraining : ITrainable, IDisposable
{
    private readonly OutcomeNetwork _network;
    private readonly NetworkData _data;
    private readonly IOutcomeHead _head;
    private readonly SubjectMatrix _targets;
    private readonly double[] _weights;

    /// <param name="network">To train.</param>
    /// <param name="data">Of the subjects.</param>
    /// <param name="head">Of the kind of outcome.</param>
    /// <param name="targets">Row-major [subjects, targets]; weights are in it.</param>
    /// <param name="weights">Shape [subjects].</param>
    public NetworkTraining(OutcomeNetwork network, NetworkData data, IOutcomeHead head, float[] targets, double[] weights)
    {
        (_network, _data, _head, _weights) = (network, data, head, weights);
        _targets = new SubjectMatrix(Backend, "targets", targets, 1, head.TargetCount);
    }

    public ParameterSet Parameters => _network.Parameters;

    public int SubjectCount => _data.SubjectCount;

    private IComputeBackend Backend => _network.Parameters.Backend;

    public string SubjectName(int subject) => _data.SubjectName(subject);

    public double WeightOf(ReadOnlySpan<int> subjects)
    {
        var sum = 0.0;
        foreach (var subject in subjects)
        {
            sum += _weights[subject];
        }

        return sum;
    }

    public void CheckInputs(ReadOnlySpan<int> subjects)
    {
        _data.CheckFinite(subjects);
        _targets.CheckFinite(subjects);
    }

    public Tensor Loss(Tape tape, ReadOnlySpan<int> subjects)
    {
        var outputs = _network.Forward(tape, _data, subjects);
        return tape.Scale(_head.Loss(tape, outputs, _targets.On(tape, subjects)), (float)(1 / WeightOf(subjects)));
    }

    public void Dispose() => _targets.Dispose();
}
