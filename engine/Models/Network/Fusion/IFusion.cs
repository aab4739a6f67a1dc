using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Fusion;

/// <summary>From tokens of the modalities to the numbers that a head asks for, with 0 for each at first.</summary>
internal interface IFusion : IDisposable
{
    /// <param name="tape">Where to compute.</param>
    /// <param name="tokens">One a modality, each [subjects, width].</param>
    /// <param name="presence">1 where a modality is there and 0 where not, [subjects, modalities]; a token that is not there has no influence.</param>
    /// <returns>[subjects, coefficients].</returns>
    Tensor Forward(Tape tape, IReadOnlyList<Tensor> tokens, Tensor presence);
}

/// <summary>Makes the fusion of each kind.</summary>
internal static class Fusions
{
    public static IFusion Create(LayerScope scope, int modalityCount, int coefficientCount, NetworkLearnerOptions options) => options.Fusion switch
    {
        FusionKind.Early => new EarlyFusion(scope, modalityCount, coefficientCount, options),
        FusionKind.Late => new LateFusion(scope, modalityCount, coefficientCount, options),
        FusionKind.Bottleneck => new BottleneckFusion(scope, modalityCount, coefficientCount, options),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Fusion, "There is no such fusion."),
    };
}
