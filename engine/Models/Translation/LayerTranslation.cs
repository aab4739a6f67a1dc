using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Models.Translation;

/// <summary>One layer from one set of sources: a multi-output ridge and how well it does feature by feature. Immutable.</summary>
public sealed class LayerTranslation
{
    private readonly TranslationSources _sources;
    private readonly RidgeMap _ridge;
    private readonly TranslationTargets _targets;

    private LayerTranslation(
        string layer, TranslationSources sources, RidgeMap ridge, TranslationTargets targets, IReadOnlyList<FeatureTranslation> features)
    {
        (Layer, _sources, _ridge, _targets, Features) = (layer, sources, ridge, targets with { Values = [] }, features);
        TranslatedCount = features.Count(f => f.IsTranslated);
        MeanR2 = TranslatedCount == 0 ? double.NaN : features.Where(f => f.IsTranslated).Average(f => f.R2);
    }

    /// <summary>Name of the layer that is predicted.</summary>
    public string Layer { get; }

    /// <summary>Names of the layers it is predicted from; covariates are always among the sources.</summary>
    public IReadOnlyList<string> Sources => _sources.Layers;

    /// <summary>Every feature of the layer, in its order.</summary>
    public IReadOnlyList<FeatureTranslation> Features { get; }

    public int TranslatedCount { get; }

    /// <summary>Of the features that are translated, out of fold; NaN where none is.</summary>
    public double MeanR2 { get; }

    /// <summary>Mean of a feature over the training subjects, in the unit of the layer; NaN where it was not learnt.</summary>
    internal double MeanOf(int feature) => Array.IndexOf(_targets.Features, feature) is >= 0 and var place ? _targets.Means[place] : double.NaN;

    /// <summary>Sources in words.</summary>
    internal string SourceText => _sources.Description;

    /// <returns>Null where too few subjects have both, or nothing varies.</returns>
    internal static LayerTranslation? Fit(SubjectInputs inputs, SubjectLayer layer, IReadOnlyList<string> sourceLayers, TranslationOptions options, LearningContext context)
    {
        int[] rows = [.. Enumerable.Range(0, inputs.Count).Where(i => LayerEncoding.IsPresent(layer, i) && TranslationSources.Has(inputs, sourceLayers, i))];
        if (rows.Length < options.LeastSubjectCount)
        {
            return null;
        }

        var (known, target) = (inputs.Take(rows), layer.Take(rows));
        var targets = TranslationTargets.Of(target, options.LeastSubjectCount);
        if (targets.Count == 0 || TranslationSources.Fit(known, sourceLayers) is not { } sources)
        {
            return null;
        }

        var blocks = sources.Encode(known);
        var folds = TranslationFolds.Of(known.Subjects, options.FoldCount, context.Seed);
        var judged = OutOfFoldRidge.Find(blocks, targets.Values, targets.Count, folds, options, context);
        var ridge = new RidgeRegression(blocks, targets.Values, targets.Count, [.. Enumerable.Range(0, rows.Length)], context.ThreadCount);
        var learnt = ridge.At(ridge.Penalties(options.PenaltyCount)[judged.Choice]);
        return new LayerTranslation(layer.Layer.Name, sources, learnt, targets, TranslationScores.Of(target, targets, judged, options));
    }

    internal void Write(ModelWriter writer)
    {
        writer.Text(Layer);
        _sources.Write(writer);
        writer.List(Features, f =>
        {
            writer.Text(f.Feature);
            writer.Int(f.SubjectCount);
            writer.Numbers([f.R2, f.StandardError, f.ResidualDeviation]);
            writer.Flag(f.IsTranslated);
        });
        writer.Ints(_targets.Features);
        writer.Numbers(_targets.Means);
        writer.Numbers(_targets.Deviations);
        _ridge.Write(writer);
    }

    internal static LayerTranslation Read(ModelReader reader)
    {
        var (layer, sources, features) = (reader.Text(), TranslationSources.Read(reader), reader.List(() => ReadFeature(reader)));
        var places = reader.Ints();
        reader.Require(places.All(f => (uint)f < (uint)features.Length), $"features of the layer '{layer}' are translated that are none of {features.Length}");
        var targets = new TranslationTargets(places, reader.Numbers(places.Length, "means of features"), reader.Numbers(places.Length, "deviations of features"), []);
        return new LayerTranslation(layer, sources, RidgeMap.Read(reader, sources.Width, places.Length), targets, features);
    }

    private static FeatureTranslation ReadFeature(ModelReader reader)
    {
        var (feature, count, numbers) = (reader.Text(), reader.Int(), reader.Numbers(3, "numbers on a translated feature"));
        return new FeatureTranslation(feature, count, numbers[0], numbers[1], numbers[2], reader.Flag());
    }

    /// <summary>Whether a subject has all it is translated from.</summary>
    internal bool CanTranslate(SubjectInputs inputs, int subject) => TranslationSources.Has(inputs, Sources, subject);

    /// <summary>The layer of subjects that have all its sources, in the unit of the layer; NaN in features that cannot be predicted.</summary>
    /// <param name="inputs">The subjects.</param>
    /// <param name="isJudging">Whether features that cannot be predicted above their noise are predicted all the same, to see how well.</param>
    /// <returns>Row-major, shape [subjects, features].</returns>
    internal float[] Translate(SubjectInputs inputs, bool isJudging = false)
    {
        IReadOnlyList<RowMajorMatrix> blocks = _sources.Encode(inputs);
        var outputs = _ridge.Predict(blocks, [.. Enumerable.Range(0, inputs.Count)]);
        var values = new float[inputs.Count * Features.Count];
        Array.Fill(values, float.NaN);
        for (var k = 0; k < _targets.Count; k++)
        {
            for (var i = 0; i < inputs.Count && (isJudging || Features[_targets.Features[k]].IsTranslated); i++)
            {
                values[(i * Features.Count) + _targets.Features[k]] = (float)(_targets.Means[k] + (_targets.Deviations[k] * outputs[(i * _targets.Count) + k]));
            }
        }

        return values;
    }
}
