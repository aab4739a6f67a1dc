using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Networks.Layers;

/// <summary>What becomes of the heads of attention.</summary>
internal static class AttentionHeads
{
    /// <summary>Heads side by side or averaged, then bias and activation.</summary>
    public static Tensor Finish(Tape tape, Tensor attended, Tensor bias, AttentionOptions options)
    {
        var x = attended;
        if (!options.ConcatenatesHeads && options.Heads > 1)
        {
            x = tape.SliceColumns(attended, 0, options.HeadWidth);
            for (var h = 1; h < options.Heads; h++)
            {
                x = tape.Add(x, tape.SliceColumns(attended, h * options.HeadWidth, options.HeadWidth));
            }

            x = tape.Scale(x, 1f / options.Heads);
        }

        return tape.Add(x, bias, options.Activation);
    }
}
