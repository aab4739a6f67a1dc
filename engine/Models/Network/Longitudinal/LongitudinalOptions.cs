namespace DigitalTwin.Models.Network.Longitudinal;

/// <summary>How a state of a subject becomes curves.</summary>
public enum TrajectoryDecoder
{
    /// <summary>A gated recurrent unit steps from one grid time to the next.</summary>
    Recurrent,

    /// <summary>The state follows a learnt differential equation, solved by one step of the classical Runge-Kutta method from one grid time to the next.</summary>
    DifferentialEquation,
}

/// <summary>Settings of outcomes at any visit times.</summary>
public sealed record LongitudinalOptions
{
    public TrajectoryDecoder Decoder { get; init; } = TrajectoryDecoder.Recurrent;

    /// <summary>Times of the grid at most, 2 or more: quantiles of the visits of training, from the first to the last.</summary>
    public int GridCount { get; init; } = 10;

    /// <summary>Width of the state that is decoded.</summary>
    public int StateWidth { get; init; } = 24;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(GridCount, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StateWidth);
    }
}
