using System.Globalization;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Fusion;

/// <summary>Puts a learned vector, zero at first, in the place of each token that is not there.</summary>
internal sealed class TokenMask
{
    private readonly Parameter[] _missing;

    public TokenMask(LayerScope scope, int modalityCount, int width) =>
        _missing = [.. Enumerable.Range(0, modalityCount).Select(m => scope.Row(m.ToString(CultureInfo.InvariantCulture), width))];

    /// <returns>presence * token + (1 - presence) * learned vector, side by side: [subjects, modalities * width].</returns>
    public Tensor Forward(Tape tape, IReadOnlyList<Tensor> tokens, Tensor presence)
    {
        Tensor? together = null;
        for (var m = 0; m < tokens.Count; m++)
        {
            var isThere = tape.SliceColumns(presence, m, 1);
            var isMissing = tape.Shift(tape.Scale(isThere, -1f), 1f);
            var token = tape.Add(tape.Multiply(tokens[m], isThere), tape.Multiply(isMissing, tape.Parameter(_missing[m])));
            together = together is null ? token : tape.ConcatenateColumns(together, token);
        }

        return together!;
    }
}
