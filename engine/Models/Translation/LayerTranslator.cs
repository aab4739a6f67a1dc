using System.Globalization;
using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Translation;

/// <summary>Predicts layers that a subject lacks from what it has. A layer has one translation from all other layers together, one from each other layer alone, and one
/// from covariates only; a subject gets the best of those whose sources it has. A feature that cannot be predicted better than its noise stays missing. Immutable.</summary>
/// <remarks>Ridge of all features at once, the penalty chosen by folds; no outcome and no treatment plays a part. Weights of subjects do not count.</remarks>
public sealed class LayerTranslator
{
    private readonly OmicsLayer[] _layers;

    private LayerTranslator(OmicsLayer[] layers, IReadOnlyList<LayerTranslation> translations)
    {
        (_layers, Translations) = (layers, translations);
        var findings = new List<string>();
        foreach (var layer in layers)
        {
            findings.Add(Sentence(layer, [.. translations.Where(t => t.Layer == layer.Name)]));
        }

        Findings = findings;
    }

    /// <summary>All translations found, the best of each layer first.</summary>
    public IReadOnlyList<LayerTranslation> Translations { get; }

    /// <summary>What can be translated from what, how well, and what cannot.</summary>
    public IReadOnlyList<string> Findings { get; }

    /// <summary>Learns from subjects that have a layer how to predict it.</summary>
    /// <param name="training">Subjects; those without a layer, or without its sources, teach nothing about it.</param>
    /// <param name="options">Settings; the defaults if null.</param>
    /// <param name="context">Seed of the folds, threads, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two folds or three penalties, or fewer subjects than folds asked for.</exception>
    public static LayerTranslator Fit(SubjectInputs training, TranslationOptions? options, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        options ??= new TranslationOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FoldCount, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PenaltyCount, 3, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LeastSubjectCount, 2 * options.FoldCount, nameof(options));
        var order = Enumerable.Range(0, training.Count).OrderBy(i => training.Subjects[i]).ToArray();
        var inputs = training.Take(order);
        var translations = new List<LayerTranslation>();
        foreach (var layer in inputs.Layers)
        {
            string[] others = [.. inputs.Layers.Where(l => l != layer).Select(l => l.Layer.Name)];
            var found = Sets(others).Select(s => LayerTranslation.Fit(inputs, layer, s, options, context)).OfType<LayerTranslation>();
            translations.AddRange(found.OrderByDescending(t => t.TranslatedCount == 0 ? double.NegativeInfinity : t.TranslatedCount * t.MeanR2));
        }

        return new LayerTranslator([.. training.Layers.Select(l => l.Layer.Take([]))], translations);
    }

    internal void Write(ModelWriter writer)
    {
        writer.List(_layers, layer =>
        {
            writer.Text(layer.Name);
            writer.Text(layer.Unit);
            writer.Texts(layer.Features);
        });
        writer.List(Translations, t => t.Write(writer));
    }

    internal static LayerTranslator Read(ModelReader reader)
    {
        var layers = reader.List(() => new OmicsLayer(reader.Text(), reader.Text(), reader.Texts(), []));
        reader.Require(layers.Select(l => l.Name).Distinct(StringComparer.Ordinal).Count() == layers.Length, $"two layers have one name");
        reader.Require(layers.All(l => l.Features.Distinct(StringComparer.Ordinal).Count() == l.Features.Count), $"two features of a layer have one name");
        var translations = reader.List(() => LayerTranslation.Read(reader));
        reader.Require(translations.All(t => layers.Any(l => l.Name == t.Layer && l.Features.Count == t.Features.Count)), $"a layer is translated that is not there");
        return new LayerTranslator(layers, translations);
    }

    /// <summary>The inputs with every layer of training: a subject without one gets it translated where something of it can be predicted from what the subject has.</summary>
    /// <exception cref="ArgumentException">A source has another unit, or other features or levels, than in training.</exception>
    public TranslatedInputs Translate(SubjectInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var (layers, filled) = (new List<SubjectLayer>(), new List<TranslatedRows>());
        foreach (var trained in _layers)
        {
            var layer = inputs.Layers.FirstOrDefault(l => l.Layer.Name == trained.Name);
            var (completed, rows) = Complete(inputs, trained, layer);
            layers.Add(completed);
            filled.AddRange(rows);
        }

        layers.AddRange(inputs.Layers.Where(l => _layers.All(t => t.Name != l.Layer.Name)));
        return new TranslatedInputs(inputs.With(layers: layers), filled);
    }

    private (SubjectLayer Layer, List<TranslatedRows> Rows) Complete(SubjectInputs inputs, OmicsLayer trained, SubjectLayer? layer)
    {
        var width = trained.Features.Count;
        var values = new float[inputs.Count * width];
        Array.Fill(values, float.NaN);
        var lacking = new List<int>();
        for (var i = 0; i < inputs.Count; i++)
        {
            if (layer is not null && LayerEncoding.IsPresent(layer, i))
            {
                layer.Layer.Row(i).CopyTo(values.AsSpan(i * width, width));
            }
            else
            {
                lacking.Add(i);
            }
        }

        var found = new List<TranslatedRows>();
        foreach (var translation in Translations.Where(t => t.Layer == trained.Name && t.TranslatedCount > 0))
        {
            int[] rows = [.. lacking.Where(i => translation.CanTranslate(inputs, i))];
            lacking.RemoveAll(i => translation.CanTranslate(inputs, i));
            if (rows.Length > 0)
            {
                var translated = translation.Translate(inputs.Take(rows));
                for (var k = 0; k < rows.Length; k++)
                {
                    translated.AsSpan(k * width, width).CopyTo(values.AsSpan(rows[k] * width));
                }

                found.Add(new TranslatedRows(translation, rows));
            }
        }

        return found.Count == 0 && layer is not null
            ? (layer, found)
            : (new SubjectLayer(new OmicsLayer(trained.Name, trained.Unit, trained.Features, values), inputs.Subjects), found);
    }

    private static IEnumerable<string[]> Sets(string[] others)
    {
        yield return others;
        foreach (var other in others.Length > 1 ? others : [])
        {
            yield return [other];
        }

        if (others.Length > 0)
        {
            yield return [];
        }
    }

    private static string Sentence(OmicsLayer layer, LayerTranslation[] translations)
    {
        if (translations.Length == 0)
        {
            return $"Layer '{layer.Name}' cannot be translated: too few subjects have it together with another layer or covariates.";
        }

        var best = translations[0];
        return best.TranslatedCount == 0
            ? $"Layer '{layer.Name}' cannot be translated: none of its {layer.Features.Count} features can be predicted above its noise."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Layer '{layer.Name}' can be translated from {best.SourceText}: {best.TranslatedCount} of {layer.Features.Count} features, mean R2 {best.MeanR2:0.00} out of fold; the others cannot be predicted.");
    }
}
