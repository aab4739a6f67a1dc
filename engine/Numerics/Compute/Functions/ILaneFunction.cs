namespace DigitalTwin.Numerics.Compute.Functions;

/// <summary>A function of one number as a type, so that a loop or kernel over it is compiled for it.</summary>
public interface ILaneFunction
{
    /// <summary>f(x).</summary>
    static abstract T Value<T>(T x)
        where T : struct, ILanes<T>;

    /// <summary>f'(x), where y is f(x); see <see cref="IDenseOperations.UnaryBackward"/> for which of the two is read.</summary>
    static abstract T Derivative<T>(T x, T y)
        where T : struct, ILanes<T>;
}
