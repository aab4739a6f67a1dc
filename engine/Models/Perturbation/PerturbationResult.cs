using System.Globalization;
using DigitalTwin.Networks.Genes.Pathways;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Perturbation;

/// <summary>How a perturbation moves the prediction of one subject.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Before">What the model predicts of the subject as it is.</param>
/// <param name="After">What it predicts after.</param>
/// <param name="MemberShifts">After less before, of each member.</param>
/// <param name="Spread">Standard deviation of the shift over members, by their weights; NaN for one model, which cannot tell.</param>
public sealed record SubjectShift(SubjectId Subject, double Before, double After, IReadOnlyList<double> MemberShifts, double Spread)
{
    public double Shift => After - Before;
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
/// <param name="Spread">Standard deviation of the mean shift over members, by their weights; NaN for one model.</param>
/// <param name="HalfWidth">Of a 95 % interval of the mean shift from that spread, by Student's t with so many degrees of freedom as the members' weights leave; NaN for one.</param>
/// <param name="Pathways">Those that moved, the most first; empty without sets.</param>
/// <param name="Findings">Sentences: which layers hold a gene, how many others moved with it, who has no value to change.</param>
public sealed record PerturbationResult(
    string What, IReadOnlyList<SubjectShift> Subjects, IReadOnlyList<double> MemberShifts, double Spread, double HalfWidth, IReadOnlyList<PathwayShift> Pathways, IReadOnlyList<string> Findings)
{
    /// <summary>Subjects of whom some value changed.</summary>
    public int ChangedCount { get; init; }

    /// <summary>Of <see cref="Spread"/>, that the members' weights leave; 0 for one model.</summary>
    public double DegreesOfFreedom { get; init; }

    /// <summary>Mean over subjects of what the model predicts after less before.</summary>
    public double MeanShift => Subjects.Average(s => s.Shift);

    /// <summary>Whether the members agree that there is a shift: the interval does not reach 0. False for one model, which cannot tell.</summary>
    /// <remarks>Members that differ by their first values alone know nothing of sampling; those of a bootstrap do, to the degree that their number allows.</remarks>
    public bool IsBeyondSpread => Math.Abs(MeanShift) > HalfWidth;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{What}: {MeanShift:+0.000;-0.000} (spread {Spread:0.000} over {MemberShifts.Count} members){(IsBeyondSpread ? "" : ", no more than the members disagree")}.");
}
