using System.Globalization;
using DigitalTwin.Models.Explanation.Attribution;
using DigitalTwin.Networks.Genes.Pathways;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Perturbation;

/// <summary>How a perturbation moves the prediction of one subject.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Before">The quantity as the subject is, mean over members.</param>
/// <param name="After">The quantity after, mean over members.</param>
/// <param name="MemberShifts">After less before, of each member.</param>
public sealed record SubjectShift(SubjectId Subject, double Before, double After, IReadOnlyList<double> MemberShifts)
{
    public double Shift => After - Before;

    /// <summary>Standard deviation of the shift over members; NaN for one model, which cannot tell.</summary>
    public double Spread { get; } = FeatureAttribution.SpreadOf(MemberShifts);
}

/// <summary>How the genes of a pathway moved.</summary>
/// <param name="Set">The pathway.</param>
/// <param name="MeasuredCount">Its genes that a layer holds.</param>
/// <param name="Shift">Mean over those genes, their layers and the subjects that have a value, in training standard deviations.</param>
public sealed record PathwayShift(GeneSet Set, int MeasuredCount, double Shift);

/// <summary>What a perturbation does.</summary>
/// <param name="What">In words.</param>
/// <param name="Subjects">Shape [subjects].</param>
/// <param name="MemberShifts">Mean shift over the subjects, of each member.</param>
/// <param name="Pathways">Those that moved, the most first; empty without sets.</param>
/// <param name="Findings">Sentences: which layers hold a gene, how many others moved with it, who has no value to change.</param>
public sealed record PerturbationResult(
    string What, IReadOnlyList<SubjectShift> Subjects, IReadOnlyList<double> MemberShifts, IReadOnlyList<PathwayShift> Pathways, IReadOnlyList<string> Findings)
{
    /// <summary>Over subjects and members.</summary>
    public double MeanShift => MemberShifts.Average();

    /// <summary>Standard deviation of the mean shift over members; NaN for one model.</summary>
    public double Spread => FeatureAttribution.SpreadOf(MemberShifts);

    /// <summary>Whether the members agree that there is a shift: twice its spread does not reach 0. False for one model, which cannot tell.</summary>
    public bool IsBeyondSpread => Math.Abs(MeanShift) > 2 * Spread;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{What}: {MeanShift:+0.000;-0.000} (spread {Spread:0.000} over {MemberShifts.Count} members){(IsBeyondSpread ? "" : ", no more than the members disagree")}.");
}
