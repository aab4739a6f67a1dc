using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>What is expected under a treatment that training did not have: means and deviations of those with like drugs and targets, as far as left-out training treatments
/// could be told so; else those of all.</summary>
internal sealed class UnseenTreatments
{
    private readonly RelatedTreatments _relation;
    private readonly IReadOnlyList<Treatment> _known;
    private readonly Dictionary<ArmId, int> _columns;
    private readonly TreatmentInterpolation _means;
    private readonly TreatmentInterpolation _effects;

    /// <param name="relation">How alike treatments are.</param>
    /// <param name="related">Among those of training.</param>
    /// <param name="pairs">Training samples and treatments.</param>
    /// <param name="fitted">Of all samples.</param>
    /// <param name="similarity">Among training samples, shape [samples, samples].</param>
    public UnseenTreatments(RelatedTreatments relation, double[] related, ResponsePairs pairs, FittedRidge fitted, double[] similarity)
    {
        (_relation, _known) = (relation, pairs.Treatments);
        _columns = pairs.Treatments.Index().ToDictionary(t => t.Item.Arm, t => t.Index);
        var (n, width) = (pairs.SampleCount, pairs.TreatmentCount);
        _means = TreatmentInterpolation.Fit(related, fitted.Scales.Means, width);
        var responses = new double[n * width];
        RowProducts.Multiply(similarity, fitted.Effects, n, responses);
        _effects = TreatmentInterpolation.Fit(related, responses, width);
    }

    private UnseenTreatments(RelatedTreatments relation, IReadOnlyList<Treatment> known, TreatmentInterpolation means, TreatmentInterpolation effects)
    {
        (_relation, _known, _means, _effects) = (relation, known, means, effects);
        _columns = known.Index().ToDictionary(t => t.Item.Arm, t => t.Index);
    }

    /// <summary>Treatments of training.</summary>
    public int KnownCount => _known.Count;

    public void Write(ModelWriter writer)
    {
        writer.OptionalPart(_relation.Network);
        writer.List(_known, treatment => StoredTreatment.Write(treatment, writer));
        _means.Write(writer);
        _effects.Write(writer);
    }

    /// <remarks>A treatment that stands twice is refused by the constructor.</remarks>
    public static UnseenTreatments Read(ModelReader reader)
    {
        var relation = new RelatedTreatments(reader.OptionalPart<GeneNetwork>());
        var known = reader.List(() => StoredTreatment.Read(reader));
        reader.Require(known.Length > 0, $"a model of responses to treatments knows none");
        return new UnseenTreatments(relation, known, TreatmentInterpolation.Read(reader, known.Length), TreatmentInterpolation.Read(reader, known.Length));
    }

    /// <summary>Deviation, in the outcome's unit, of the mean under a treatment from what is expected of it.</summary>
    public double MeanDeviation => Math.Sqrt(_means.LeftOutVariance);

    /// <summary>Column of a treatment, -1 for one never seen.</summary>
    public int ColumnOf(ArmId arm) => _columns.GetValueOrDefault(arm, -1);

    /// <summary>Weights of the training treatments in the mean, and in the deviations, of another.</summary>
    public (double[] Mean, double[] Effect) WeightsOf(Treatment treatment)
    {
        var similarity = _relation.Between([treatment], _known);
        return (_means.Weights(similarity), _effects.Weights(similarity));
    }
}
