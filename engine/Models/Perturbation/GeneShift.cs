using System.Globalization;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Perturbation;

/// <summary>What is done to one gene, or its protein, in every layer that holds it.</summary>
/// <param name="Gene">Approved symbol.</param>
/// <param name="Quantile">The training quantile that its values are set to, from 0 to 1; null for a shift.</param>
/// <param name="Deviations">Training standard deviations that its values are shifted by; 0 where a quantile is given.</param>
/// <param name="Layer">The one layer that is meant; null for all that hold it.</param>
public sealed record GeneShift(string Gene, double? Quantile, double Deviations, string? Layer = null)
{
    /// <summary>A knock-down sets a gene to what the lowest 1 % of training subjects have.</summary>
    public static GeneShift Down(string gene) => new(gene, 0.01, 0);

    /// <summary>A knock-up sets a gene to what the highest 1 % of training subjects have.</summary>
    public static GeneShift Up(string gene) => new(gene, 0.99, 0);

    /// <exception cref="ArgumentOutOfRangeException">The quantile is not within 0 and 1.</exception>
    public static GeneShift ToQuantile(string gene, double quantile) => quantile is >= 0 and <= 1
        ? new GeneShift(gene, quantile, 0)
        : throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile is from 0 to 1.");

    /// <exception cref="ArgumentOutOfRangeException">The number is not finite.</exception>
    public static GeneShift By(string gene, double deviations) => double.IsFinite(deviations)
        ? new GeneShift(gene, null, deviations)
        : throw new ArgumentOutOfRangeException(nameof(deviations), deviations, "A shift is a finite number of standard deviations.");

    /// <summary>What the drugs of an arm do to their targets, the dose over the usual one times so many standard deviations down, or up for an activator. A target of two
    /// drugs gets both.</summary>
    /// <param name="treatment">The arm.</param>
    /// <param name="deviations">Standard deviations at the usual dose.</param>
    /// <exception cref="ArgumentException">No drug of the arm has a known target.</exception>
    public static IReadOnlyList<GeneShift> OfDrugs(Treatment treatment, double deviations = 1)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        var shifts =
            from drug in treatment.Drugs
            from target in drug.Targets
            group (target.Activates ? 1 : -1) * drug.RelativeDose * deviations by target.Gene into gene
            orderby gene.Key
            select By(gene.Key, gene.Sum());
        GeneShift[] found = [.. shifts];
        return found.Length > 0
            ? found
            : throw new ArgumentException($"No drug of the arm '{treatment.Arm}' has a known target, so that nothing on the network changes. Give the targets of its drugs.", nameof(treatment));
    }

    public override string ToString() => (Quantile is { } quantile
        ? string.Create(CultureInfo.InvariantCulture, $"{Gene} to the {quantile:P0} quantile")
        : string.Create(CultureInfo.InvariantCulture, $"{Gene} {Deviations:+0.##;-0.##} SD")) + (Layer is null ? string.Empty : $" in {Layer}");
}
