using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>What a <see cref="TreatmentRidgeLearner"/> has learnt.</summary>
internal sealed class TreatmentRidgePredictor(
    SampleSimilarity similarity, RidgeChoice choice, FittedRidge fitted, TreatmentErrors errors, UnseenTreatments unseen, IReadOnlyList<string> findings) : IStoredPredictor
{
    public IReadOnlyList<string> Findings => findings;

    public PredictionShape Shape => PredictionShape.Continuous;

    public void Write(ModelWriter writer)
    {
        similarity.Write(writer);
        choice.Write(writer);
        unseen.Write(writer);
        writer.Numbers(fitted.Scales.Means);
        writer.Numbers(fitted.Scales.Deviations);
        writer.Numbers(fitted.Effects);
        writer.Flag(fitted.HasConverged);
        writer.Numbers(errors.Deviations);
        writer.Number(errors.Pooled);
        writer.Texts(findings);
    }

    public static TreatmentRidgePredictor Read(ModelReader reader)
    {
        var similarity = SampleSimilarity.Read(reader);
        var (choice, unseen) = (RidgeChoice.Read(reader, similarity.Parts.Count), UnseenTreatments.Read(reader));
        var width = unseen.KnownCount;
        var scales = new TreatmentScales(reader.Numbers(width, "means of treatments"), reader.Numbers(width, "deviations of treatments"));
        var effects = reader.Numbers();
        reader.Require(effects.Length == (long)width * similarity.Count, $"{effects.Length} effects stand for {width} treatments of {similarity.Count} samples");
        var fitted = new FittedRidge(scales, effects, reader.Flag());
        var errors = new TreatmentErrors(reader.Numbers(width, "errors of treatments"), reader.Finite("pooled error"));
        return new TreatmentRidgePredictor(similarity, choice, fitted, errors, unseen, reader.Texts());
    }

    public OutcomePredictions Predict(SubjectInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var treatments = inputs.Treatments ?? throw new ArgumentException("The model was trained with treatments; the subjects have none.", nameof(inputs));
        var samples = SampleTable.Of(inputs);
        var responses = Responses(inputs.Take(samples.First).WithoutTreatments());
        var (means, deviations) = (new double[inputs.Count], new double[inputs.Count]);
        var width = fitted.Scales.Means.Length;
        var others = new Dictionary<int, (double[] Mean, double[] Effect)>();
        for (var i = 0; i < inputs.Count; i++)
        {
            var row = responses.AsSpan(samples.SampleOf[i] * width, width);
            var arm = treatments.Indices[i];
            var column = unseen.ColumnOf(treatments.Treatments[arm].Arm);
            if (column >= 0)
            {
                means[i] = fitted.Scales.Means[column] + (fitted.Scales.Deviations[column] * row[column]);
                deviations[i] = errors.Deviations[column];
                continue;
            }

            if (!others.TryGetValue(arm, out var weights))
            {
                others.Add(arm, weights = unseen.WeightsOf(treatments.Treatments[arm]));
            }

            var (effect, spread) = (0.0, 0.0);
            for (var j = 0; j < width; j++)
            {
                means[i] += weights.Mean[j] * fitted.Scales.Means[j];
                effect += weights.Effect[j] * row[j];
                spread += fitted.Scales.Deviations[j] / width;
            }

            means[i] += spread * effect;
            deviations[i] = Math.Sqrt((errors.Pooled * errors.Pooled) + (unseen.MeanDeviation * unseen.MeanDeviation));
        }

        return new ContinuousPredictions(means, deviations);
    }

    /// <summary>Standardised responses of samples under every treatment of training, shape [samples, treatments].</summary>
    private double[] Responses(SubjectInputs samples)
    {
        var (alike, known) = similarity.With(samples, choice.Kind, choice.PartWeights);
        for (var i = 0; i < samples.Count; i++)
        {
            // A sample of training brings what it had of its own.
            if (known[i] >= 0)
            {
                alike[(i * similarity.Count) + known[i]] += choice.Own;
            }
        }

        var responses = new double[samples.Count * fitted.Scales.Means.Length];
        RowProducts.Multiply(alike, fitted.Effects, similarity.Count, responses);
        return responses;
    }
}
