using System.Globalization;
using DigitalTwin.Models.LinearModels.Features;
using DigitalTwin.Models.LinearModels.Outcomes;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.Regression.Penalized;

namespace DigitalTwin.Models.LinearModels.Parts;

/// <summary>Parts weighed against each other by how they predicted held-out subjects, no weight below 0.</summary>
/// <remarks>Stacking [Wolpert1992], [Breiman1996]; the second level's penalty is chosen over the same folds.</remarks>
internal sealed class PartStack
{
    /// <summary>Penalties of the weights of parts scaled to unit spread.</summary>
    private static readonly double[] s_penalties = [0.1, 1, 4, 16, 64];

    private readonly IReadOnlyList<RidgePart> _parts;
    private readonly PartImputation _imputation;

    private PartStack(IReadOnlyList<RidgePart> parts, PartImputation imputation, double[] weights, double[] parameters, double[] heldOut, double penalty, double heldOutGain)
    {
        (_parts, _imputation) = (parts, imputation);
        (Weights, Parameters, HeldOut, Penalty, HeldOutGain) = (weights, parameters, heldOut, penalty, heldOutGain);
    }

    /// <summary>Multiplies each part's predictor, shape [parts].</summary>
    public double[] Weights { get; }

    /// <summary>Intercepts or thresholds.</summary>
    public double[] Parameters { get; }

    /// <summary>Stacked predictors of the training subjects from held-out parts, shape [predictors, subjects].</summary>
    public double[] HeldOut { get; }

    public double Penalty { get; }

    /// <summary>Log likelihood of held-out subjects above that of no feature at all.</summary>
    public double HeldOutGain { get; }

    public static PartStack Fit(IReadOnlyList<RidgePart> parts, OutcomeTask task, int[] folds)
    {
        var all = task.LossOf([.. Enumerable.Range(0, folds.Length)]);
        double[][] predictors = [.. parts.Select(p => p.HeldOut.ToArray())];
        var imputation = PartImputation.Fit(predictors, all.PredictorCount);
        imputation.Fill(predictors);
        double[] scales = [.. predictors.Select(Spread)];
        double[][] scaled = [.. predictors.Select((p, m) => p.Select(v => v / scales[m]).ToArray())];
        var (penalty, gain) = BestPenalty(scaled, task, folds, all);
        var fit = StackedRegression.Fit(all, scaled, [.. parts.Select(_ => penalty)]);
        double[] weights = [.. fit.Weights.Select((w, m) => w / scales[m])];
        return new PartStack(parts, imputation, weights, fit.Parameters, Sum(predictors, weights), penalty, gain);
    }

    /// <param name="parts">Predictors of each part, shape [parts][predictors, subjects]; NaN where a subject does not have it. Overwritten.</param>
    /// <returns>Shape [predictors, subjects].</returns>
    public double[] Predict(double[][] parts)
    {
        _imputation.Fill(parts);
        return Sum(parts, Weights);
    }

    /// <summary>The parts, and what they are weighed by. Predictors of training subjects are not stored.</summary>
    public void Write(ModelWriter writer)
    {
        writer.List(_parts, p => p.Write(writer));
        _imputation.Write(writer);
        writer.Numbers(Weights);
        writer.Numbers(Parameters);
        writer.Number(Penalty);
        writer.Number(HeldOutGain);
    }

    /// <param name="reader">Where it stands.</param>
    /// <param name="layout">Blocks that there are.</param>
    public static (PartStack Stack, IReadOnlyList<RidgePart> Parts) Read(ModelReader reader, IReadOnlyList<(BlockKind Kind, string Name, int Width)> layout)
    {
        var parts = reader.List(() => RidgePart.Read(reader, layout));
        var predictorCount = parts.Length == 0 ? 0 : parts[0].Coefficients.Length;
        reader.Require(predictorCount > 0 && parts.All(p => p.Coefficients.Length == predictorCount), $"the {parts.Length} parts of a linear model have not as many predictors each");
        var imputation = PartImputation.Read(reader, predictorCount, parts.Length);
        var weights = reader.Numbers(parts.Length, "weights of parts");
        return (new PartStack(parts, imputation, weights, reader.Numbers(), [], reader.Number(), reader.Number()), parts);
    }

    /// <summary>Sentences on the weights, the parts of weight 0 by name.</summary>
    public IEnumerable<string> Findings()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"The log likelihood of held-out subjects is {HeldOutGain:F1} above that without any feature.");
        if (_parts.Count == 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Held-out predictions ask for {Weights[0]:F2} times the spread that training gave.");
            yield break;
        }

        yield return "Weights of the parts: " + string.Join(", ", _parts.Select((p, m) => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {Weights[m]:F2}")))
            + string.Create(CultureInfo.InvariantCulture, $" (penalty {Penalty:G3}).");
        string[] idle = [.. _parts.Where((_, m) => Weights[m] == 0).Select(p => p.Name)];
        if (idle.Length > 0)
        {
            yield return $"No weight was given to: {string.Join(", ", idle)}.";
        }
    }

    private static (double Penalty, double Gain) BestPenalty(double[][] scaled, OutcomeTask task, int[] folds, PredictorLoss all)
    {
        var scores = new double[s_penalties.Length];
        var without = 0.0;
        for (var fold = 0; fold <= folds.Max(); fold++)
        {
            int[] training = [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != fold)];
            var loss = task.LossOf(training);
            var nothing = StackedRegression.Fit(loss, [], []).Parameters;
            without += all.Evaluate(new double[scaled[0].Length], nothing) - loss.Evaluate(new double[loss.PredictorCount * training.Length], nothing);
            double[][] taken = [.. scaled.Select(p => Rows(p, training, folds.Length))];
            for (var k = 0; k < scores.Length; k++)
            {
                var fit = StackedRegression.Fit(loss, taken, [.. scaled.Select(_ => s_penalties[k])]);
                scores[k] += all.Evaluate(Sum(scaled, fit.Weights), fit.Parameters) - loss.Evaluate(Sum(taken, fit.Weights), fit.Parameters);
            }
        }

        return (s_penalties[Array.IndexOf(scores, scores.Min())], without - scores.Min());
    }

    private static double[] Rows(double[] predictors, int[] rows, int n)
    {
        var count = predictors.Length / n;
        var taken = new double[count * rows.Length];
        for (var k = 0; k < count; k++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                taken[(k * rows.Length) + i] = predictors[(k * n) + rows[i]];
            }
        }

        return taken;
    }

    private static double[] Sum(double[][] predictors, double[] weights)
    {
        var sum = new double[predictors[0].Length];
        for (var m = 0; m < weights.Length; m++)
        {
            for (var i = 0; i < sum.Length && weights[m] != 0; i++)
            {
                sum[i] += weights[m] * predictors[m][i];
            }
        }

        return sum;
    }

    private static double Spread(double[] values)
    {
        var mean = values.Average();
        var spread = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length);
        return spread > 0 ? spread : 1;
    }
}
