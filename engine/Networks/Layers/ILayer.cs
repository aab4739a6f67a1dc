using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Networks.Layers;

/// <summary>A step of a model: features in, features out, row by row or over a graph that the layer was made with. Any layer can be recomputed
/// (<see cref="Tape.Checkpoint"/>).</summary>
public interface ILayer : ISegment
{
    /// <summary>Features that come in.</summary>
    int InputWidth { get; }

    /// <summary>Features that go out.</summary>
    int OutputWidth { get; }
}
