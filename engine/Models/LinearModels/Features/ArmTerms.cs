using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.LinearModels.Features;

/// <summary>An indicator of each arm of training, less its share there. An arm that training did not have is 0 in all: the mean arm.</summary>
internal sealed class ArmTerms
{
    private readonly ArmId[] _arms;
    private readonly double[] _shares;

    private ArmTerms(ArmId[] arms, double[] shares)
    {
        (_arms, _shares) = (arms, shares);
        Names = [.. arms.Select(a => $"arm={a.Value}")];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Null where the subjects have no treatments, or all one.</summary>
    public static ArmTerms? Fit(TreatmentColumn? training)
    {
        if (training is null)
        {
            return null;
        }

        var counts = new int[training.Treatments.Count];
        foreach (var index in training.Indices)
        {
            counts[index]++;
        }

        int[] present = [.. Enumerable.Range(0, counts.Length).Where(k => counts[k] > 0)];
        return present.Length < 2
            ? null
            : new ArmTerms([.. present.Select(k => training.Treatments[k].Arm)], [.. present.Select(k => (double)counts[k] / training.Count)]);
    }

    public void Write(ModelWriter writer)
    {
        writer.Texts([.. _arms.Select(a => a.Value)]);
        writer.Numbers(_shares);
    }

    public static ArmTerms Read(ModelReader reader)
    {
        ArmId[] arms = [.. reader.Texts().Select(a => new ArmId(a))];
        return new ArmTerms(arms, reader.Numbers(arms.Length, "shares of arms"));
    }

    /// <exception cref="ArgumentException">The subjects have no treatments; training had.</exception>
    public FeatureMatrix Encode(TreatmentColumn? treatments, int subjectCount)
    {
        if (treatments is null)
        {
            throw new ArgumentException($"The model was trained with the arms [{string.Join(", ", _arms)}]; the subjects have no treatments.", nameof(treatments));
        }

        var values = new double[subjectCount * _arms.Length];
        for (var i = 0; i < subjectCount; i++)
        {
            var place = Array.IndexOf(_arms, treatments.Of(i).Arm);
            for (var k = 0; k < _arms.Length && place >= 0; k++)
            {
                values[(i * _arms.Length) + k] = (k == place ? 1 : 0) - _shares[k];
            }
        }

        return new FeatureMatrix(Names, values, subjectCount);
    }
}
