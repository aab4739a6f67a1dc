using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>What layers ask of their settings.</summary>
internal static class LayerChecks
{
    /// <summary>A share of numbers dropped.</summary>
    public static float Share(float share)
    {
        if (!(share >= 0f && share < 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "Dropout takes a share from 0 to below 1.");
        }

        return share;
    }

    /// <summary>Layers that are put together must fit.</summary>
    public static void Fits(ILayer before, ILayer after)
    {
        if (before.OutputWidth != after.InputWidth)
        {
            throw new ShapeMismatchException(
                $"{before.GetType().Name} gives {before.OutputWidth} features and {after.GetType().Name} takes {after.InputWidth}: they cannot follow each other.");
        }
    }
}
