using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Translation;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Tests.Engine.Models.KnownTruth;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Translation;

public sealed class LayerTranslatorTests
{
    private static readonly SimdBackend Backend = new(1);

    // Protein is 0.8 a + 0.6 e, expression a + 0.5 e: R2 is 0.512 from the gene's own expression, and at most 0.64 when a itself is known.
    [Fact]
    public void ClosedForm_ProteinFromExpression_GainsWhatTheGeneratorAllows()
    {
        var translator = LayerTranslator.Fit(Trial(1, 2000).Inputs, null, Context());
        var best = translator.Translations.First(t => t.Layer == "protein");

        Assert.Contains("expression", best.Sources);
        Assert.All(best.Features, f => Assert.True(f.IsTranslated, f.ToString()));
        Assert.All(best.Features, f => Assert.InRange(f.R2, 0.512 - 0.06, 0.64 + 0.03));
        Assert.All(best.Features, f => Assert.InRange(f.ResidualDeviation, Math.Sqrt(1 - 0.64) - 0.03, Math.Sqrt(1 - 0.512) + 0.04));
    }

    [Fact]
    public void Property_TheIntervalOfATranslatedValueCoversNewSubjects()
    {
        var translator = LayerTranslator.Fit(Trial(1, 800).Inputs, null, Context());
        var held = Trial(2, 1000).Inputs;
        var protein = held.Layers.First(l => l.Layer.Name == "protein");
        var translated = translator.Translate(held.With(layers: [.. held.Layers.Where(l => l != protein)]));

        var rows = translated.Translated.Where(t => t.Translation.Layer == "protein").MaxBy(t => t.Rows.Count)!;
        Assert.Contains("expression", rows.Translation.Sources);
        var made = translated.Inputs.Layers.First(l => l.Layer.Name == "protein");
        var (inside, count) = (0, 0);
        foreach (var row in rows.Rows.Where(r => !float.IsNaN(protein.Layer.Row(r)[0])))
        {
            for (var f = 0; f < protein.FeatureCount; f++)
            {
                inside += Math.Abs(protein.Layer.Row(row)[f] - made.Layer.Row(row)[f]) <= 1.645 * rows.Translation.Features[f].ResidualDeviation ? 1 : 0;
                count++;
            }
        }

        Assert.True(count > 2000);
        Assert.InRange(inside / (double)count, 0.88, 0.92);
        Assert.Contains(translated.Findings, s => s.Contains("'protein'", StringComparison.Ordinal) && s.Contains("mean R2", StringComparison.Ordinal));
    }

    [Fact]
    public void Property_ALayerOfNoiseIsRefusedFeatureByFeature()
    {
        var trial = Trial(3, 300);
        var stream = new RandomStream(new StreamKey(3, 0, 0, 0, RandomPurpose.Masking));
        float[] noise = [.. Enumerable.Range(0, 300 * 100).Select(k => k / 100 % 4 == 0 ? float.NaN : (float)stream.NextGaussian())];
        var layer = new SubjectLayer(new OmicsLayer("noise", "1", [.. Enumerable.Range(0, 100).Select(f => $"n{f}")], noise), trial.Inputs.Subjects);
        var inputs = trial.Inputs.With(layers: [.. trial.Inputs.Layers, layer]);

        var translator = LayerTranslator.Fit(inputs, null, Context());
        var translated = translator.Translate(inputs);

        var features = translator.Translations.First(t => t.Layer == "noise").Features;
        Assert.Equal(100, features.Count);
        Assert.All(features, f => Assert.False(f.IsTranslated, f.ToString()));
        Assert.All(features, f => Assert.InRange(f.R2, -0.1, 0.1));
        Assert.Contains(translator.Findings, s => s.Contains("'noise' cannot be translated", StringComparison.Ordinal));
        Assert.True(float.IsNaN(translated.Inputs.Layers.First(l => l.Layer.Name == "noise").Layer.Row(0)[0]));
        Assert.DoesNotContain(translated.Translated, t => t.Translation.Layer == "noise");
    }

    [Fact]
    public void Property_WhatWasMeasuredStays_AndASubjectWithoutAnySourceGetsNothing()
    {
        var inputs = Trial(4, 400).Inputs;
        var translator = LayerTranslator.Fit(inputs, null, Context());
        var translated = translator.Translate(inputs).Inputs;

        var (before, after) = (inputs.Layers[2].Layer, translated.Layers[2].Layer);
        for (var i = 0; i < inputs.Count; i++)
        {
            if (!float.IsNaN(before.Row(i)[0]))
            {
                Assert.Equal(before.Row(i).ToArray(), after.Row(i).ToArray());
            }
        }

        // Age says nothing of protein: who has neither expression nor mutations stays without.
        var bare = new SubjectInputs(inputs.Subjects, inputs.Covariates, []);
        Assert.True(float.IsNaN(translator.Translate(bare).Inputs.Layers.First(l => l.Layer.Name == "protein").Layer.Row(0)[0]));
    }

    [Fact]
    public void Property_TheOrderOfSubjectsAndThreadsPlayNoPart()
    {
        var inputs = Trial(5, 200).Inputs;
        int[] reversed = [.. Enumerable.Range(0, 200).Reverse()];

        var one = LayerTranslator.Fit(inputs, null, Context()).Translate(inputs).Inputs.Layers[2].Layer;
        var other = LayerTranslator.Fit(inputs.Take(reversed), null, Context() with { ThreadCount = 4 }).Translate(inputs).Inputs.Layers[2].Layer;

        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(one.Row(i).ToArray(), other.Row(i).ToArray()));
    }

    [Fact]
    public void Property_AFeatureMeasuredInHalfOfTheSubjectsIsNotShrunkByHalf()
    {
        var inputs = Trial(6, 1600).Inputs;
        var protein = inputs.Layers[2].Layer;
        var values = new float[inputs.Count * protein.Features.Count];
        for (var i = 0; i < inputs.Count; i++)
        {
            protein.Row(i).CopyTo(values.AsSpan(i * protein.Features.Count));
            values[i * protein.Features.Count] = i % 2 == 0 ? values[i * protein.Features.Count] : float.NaN;
        }

        var halved = inputs.With(layers: [inputs.Layers[0], inputs.Layers[1], new SubjectLayer(new OmicsLayer("protein", "1", protein.Features, values), inputs.Subjects)]);
        var full = LayerTranslator.Fit(inputs, null, Context()).Translations.First(t => t.Layer == "protein");
        var part = LayerTranslator.Fit(halved, null, Context()).Translations.First(t => t.Layer == "protein");

        // Shrunk by half, three quarters of R2 would be left.
        Assert.InRange(part.Features[0].R2, 0.92 * full.Features[0].R2, 1.1 * full.Features[0].R2);
    }

    [Fact]
    public void Property_ALayerThatExistsInTrainingOnlyStillTeaches()
    {
        var (held, _, signal) = Factors(400, 99);
        var learner = new LateFusedLinearLearner();
        double translated = 0, plain = 0, never = 0;
        for (ulong replicate = 1; replicate <= 5; replicate++)
        {
            var (training, outcome, _) = Factors(80, replicate);
            var problem = new LearningProblem(training, outcome);
            var model = (TranslatedPredictor)new TranslatedLayers(learner).Fit(problem, Context());
            var (predictions, findings) = model.PredictAndSay(held.With(layers: [held.Layers[0]]));
            Assert.Contains("400 of 400 subjects have no layer 'protein'", Assert.Single(findings), StringComparison.Ordinal);
            translated += Error(predictions, signal) / 5;
            plain += Error(learner.Fit(problem, Context()).Predict(held.With(layers: [held.Layers[0], Empty(held.Layers[1])])), signal) / 5;
            var rnaOnly = new LearningProblem(training.With(layers: [training.Layers[0]]), outcome);
            never += Error(learner.Fit(rnaOnly, Context()).Predict(held.With(layers: [held.Layers[0]])), signal) / 5;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"squared error {translated:0.000} translated, {plain:0.000} with the layer missing, {never:0.000} when it never was");
        Assert.True(translated < 0.95 * Math.Min(plain, never), $"{translated} with the translated layer, {plain} with the layer missing, {never} when it never was");
    }

    [Fact]
    public void Error_FewerSubjectsThanTwoAFold_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerTranslator.Fit(Trial(7, 100).Inputs, new TranslationOptions { LeastSubjectCount = 9 }, Context()));

    private static LearningContext Context() => new(11, Backend, 1, CancellationToken.None);

    private static LearningProblem Trial(ulong seed, int count) =>
        KnownTruthGeneratorTests.Generator(new KnownTruthOptions { TrialCount = count, ExternalCount = 0 }).Draw(seed, 0).Trial;

    private static double Error(OutcomePredictions predictions, double[] signal) => ((ContinuousPredictions)predictions).Mean.Zip(signal, (p, t) => (p - t) * (p - t)).Average();

    private static SubjectLayer Empty(SubjectLayer layer)
    {
        var values = new float[layer.SubjectCount * layer.FeatureCount];
        Array.Fill(values, float.NaN);
        return layer.With(layer.Layer.Unit, layer.Layer.Features, values);
    }

    // Two hidden factors: each shows in 30 noisy RNA features and in 10 cleaner protein features; their difference, the signal, makes the outcome with noise as large.
    private static (SubjectInputs Inputs, ContinuousOutcome Outcome, double[] Signal) Factors(int count, ulong seed)
    {
        var stream = new RandomStream(new StreamKey(seed, 77, 0, 0, RandomPurpose.Outcome));
        SubjectId[] subjects = [.. Enumerable.Range(0, count).Select(i => new SubjectId($"F{seed}-{i:000}"))];
        var (rna, protein, outcome) = (new float[count * 60], new float[count * 20], new double[count]);
        var signal = new double[count];
        for (var i = 0; i < count; i++)
        {
            double[] factors = [stream.NextGaussian(), stream.NextGaussian()];
            for (var f = 0; f < 60; f++)
            {
                rna[(i * 60) + f] = (float)((0.4 * factors[f % 2]) + stream.NextGaussian());
            }

            for (var f = 0; f < 20; f++)
            {
                protein[(i * 20) + f] = (float)(factors[f % 2] + (0.5 * stream.NextGaussian()));
            }

            signal[i] = factors[0] - factors[1];
            outcome[i] = signal[i] + (2 * stream.NextGaussian());
        }

        var layers = new[] { ("rna", rna, 60), ("protein", protein, 20) }
            .Select(l => new SubjectLayer(new OmicsLayer(l.Item1, "1", [.. Enumerable.Range(0, l.Item3).Select(f => $"{l.Item1}{f}")], l.Item2), subjects));
        return (new SubjectInputs(subjects, [], [.. layers]), new ContinuousOutcome(outcome, "1"), signal);
    }
}
