using DigitalTwin.Numerics.Compute.Reference;

namespace DigitalTwin.Numerics.Compute.Parity;

/// <summary>One operation at one shape, computed on a backend and in float64 from the same numbers.</summary>
/// <param name="Name">Operation and shape, unique in the matrix.</param>
/// <param name="Tolerance">Greatest difference allowed, as a share of the larger of 1 and the true number.</param>
/// <param name="Compute">Makes its inputs in the workspace, computes, and collects its outputs.</param>
public sealed record ParityCase(string Name, double Tolerance, Action<ParityWorkspace> Compute)
{
    /// <summary>Runs the case on a backend and on the reference.</summary>
    public ParityResult Run(IComputeBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        using var reference = new ReferenceBackend();
        var (found, expected) = (Outputs(backend), Outputs(reference));
        var (worst, place) = (0.0, -1);
        for (var i = 0; i < expected.Count; i++)
        {
            var difference = Difference(found[i], expected[i]);
            if (difference > worst)
            {
                (worst, place) = (difference, i);
            }
        }

        return new ParityResult(this, worst, place, place < 0 ? 0 : found[place], place < 0 ? 0 : expected[place], expected.Count);
    }

    public override string ToString() => Name;

    /// <summary>The same infinity and NaN on both sides are no difference; one on one side only is an infinite one.</summary>
    private static double Difference(float found, float expected)
    {
        if (found.Equals(expected))
        {
            return 0;
        }

        return float.IsFinite(found) && float.IsFinite(expected) ? Math.Abs((double)found - expected) / Math.Max(1, Math.Abs(expected)) : double.PositiveInfinity;
    }

    private List<float> Outputs(IComputeBackend backend)
    {
        using var workspace = new ParityWorkspace(backend);
        Compute(workspace);
        return workspace.Outputs;
    }
}

/// <summary>How far a backend was from float64.</summary>
/// <param name="Case">What was computed.</param>
/// <param name="WorstDifference">Greatest difference, as a share of the larger of 1 and the true number.</param>
/// <param name="Place">Where it was among the outputs; -1 when all agree to the last bit.</param>
/// <param name="Found">What the backend gave there.</param>
/// <param name="Expected">What float64 gives there.</param>
/// <param name="OutputCount">Numbers compared.</param>
public readonly record struct ParityResult(ParityCase Case, double WorstDifference, int Place, float Found, float Expected, int OutputCount)
{
    public bool Passed => WorstDifference <= Case.Tolerance;

    public override string ToString() => FormattableString.Invariant(
        $"{Case.Name}: {(Passed ? "agrees" : "DIFFERS")}, worst {WorstDifference:G3} of {Case.Tolerance:G3} allowed, number {Place} is {Found:R}, float64 gives {Expected:R}");
}
