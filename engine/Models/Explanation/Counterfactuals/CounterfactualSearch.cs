using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Explanation.Counterfactuals;

/// <summary>Looks for the smallest change of a few features that brings a prediction across a value: the best single change first, then the best one on top of it, at most
/// three; each is then brought back towards the subject's own value as far as the prediction stays across.</summary>
/// <remarks>A search of this kind is greedy: a smaller change of two features may exist where it stops at another. What it returns has been predicted and is across.
/// Values stay within those of training. Source of the question: [Wachter2018].</remarks>
public static class CounterfactualSearch
{
    private const int Halvings = 12;
    private const int Rounds = 2;

    /// <summary>Searches for one subject.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="subject">Inputs of one subject.</param>
    /// <param name="training">Training subjects, whose values are tried.</param>
    /// <param name="modifiable">Features that may change; one that was not measured of the subject is passed over.</param>
    /// <param name="quantity">What is predicted, on either scale.</param>
    /// <param name="threshold">The value to come across, on that scale.</param>
    /// <param name="options">How many features and values.</param>
    /// <exception cref="ArgumentException">No feature is given, all are missing of the subject, or a name is not known.</exception>
    public static Counterfactual Find(
        IOutcomePredictor model,
        SubjectInputs subject,
        SubjectInputs training,
        IReadOnlyList<FeatureName> modifiable,
        ExplainedQuantity quantity,
        double threshold,
        CounterfactualOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(modifiable);
        ArgumentNullException.ThrowIfNull(quantity);
        OneSubject.Check(subject, nameof(subject));
        SameFeatures.Check(subject, training);
        var settings = options ?? new CounterfactualOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.MostChanges, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.ValueCount, 2, nameof(options));
        ModifiableFeature[] features = [.. modifiable.Distinct().Select(m => ModifiableFeature.Of(subject, training, m, settings.ValueCount))];
        if (features.All(f => f.Values.Count == 0))
        {
            throw new ArgumentException(
                $"None of the features [{string.Join(", ", modifiable)}] can change: the subject has no value of them, or all training subjects have one and the same.", nameof(modifiable));
        }

        return new Search(model, subject, features, quantity, threshold).Run(settings.MostChanges);
    }

    private sealed class Search(IOutcomePredictor model, SubjectInputs subject, ModifiableFeature[] features, ExplainedQuantity quantity, double threshold)
    {
        public Counterfactual Run(int mostChanges)
        {
            double[] own = [.. features.Select(f => f.Own)];
            var before = Predict([own])[0];
            var (current, reached) = (own, before);
            for (var change = 0; change < mostChanges; change++)
            {
                var tried = Neighbors(current, own).ToArray();
                if (tried.Length == 0)
                {
                    break;
                }

                var values = Predict(tried);
                var across = Enumerable.Range(0, tried.Length).Where(k => IsAcross(before, values[k])).ToArray();
                if (across.Length > 0)
                {
                    // The smallest that is across; among equals the one that comes first.
                    var best = across.MinBy(k => Size(tried[k]));
                    var (point, value) = BroughtBack(tried[best], values[best], before);
                    return Result(before, value, true, point);
                }

                var nearest = Enumerable.Range(0, tried.Length).MinBy(k => Math.Abs(values[k] - threshold));
                if (Math.Abs(values[nearest] - threshold) >= Math.Abs(reached - threshold))
                {
                    break;
                }

                (current, reached) = (tried[nearest], values[nearest]);
            }

            return Result(before, reached, false, current);
        }

        private bool IsAcross(double before, double value) => before < threshold ? value > threshold : value < threshold;

        private double Size(double[] point) => features.Select((f, k) => f.SizeTo(point[k])).Sum();

        private IEnumerable<double[]> Neighbors(double[] current, double[] own) =>
            from k in Enumerable.Range(0, features.Length)
            where current[k].Equals(own[k])
            from value in features[k].Values
            select current.Select((v, j) => j == k ? value : v).ToArray();

        // First without a change at all, then by halving what is between.
        private (double[] Point, double Value) BroughtBack(double[] point, double value, double before)
        {
            for (var round = 0; round < Rounds; round++)
            {
                for (var k = 0; k < features.Length; k++)
                {
                    if (point[k].Equals(features[k].Own))
                    {
                        continue;
                    }

                    (point, value) = Try(point, k, features[k].Own, value, before);
                    var near = features[k].Own;
                    for (var half = 0; half < Halvings && !features[k].IsWhole && features[k].Levels.Count == 0 && !point[k].Equals(features[k].Own); half++)
                    {
                        var middle = (near + point[k]) / 2;
                        (point, value) = Try(point, k, middle, value, before);
                        near = point[k].Equals(middle) ? near : middle;
                    }
                }
            }

            return (point, value);
        }

        private (double[] Point, double Value) Try(double[] point, int place, double to, double value, double before)
        {
            var other = point.Select((v, j) => j == place ? to : v).ToArray();
            var predicted = Predict([other])[0];
            return IsAcross(before, predicted) ? (other, predicted) : (point, value);
        }

        private double[] Predict(double[][] points) => quantity.Of(model.Predict(new RepeatedSubject(subject)
        {
            Covariate = (row, place, own) => Array.FindIndex(features, f => f.Layer < 0 && f.Place == place) is >= 0 and var k ? points[row][k] : own,
            Layer = (row, place, values) =>
            {
                for (var k = 0; k < features.Length; k++)
                {
                    if (features[k].Layer == place)
                    {
                        values[features[k].Place] = (float)points[row][k];
                    }
                }
            },
        }.Rows(points.Length)));

        private Counterfactual Result(double before, double after, bool isFound, double[] point) => new(
            subject.Subjects[0],
            threshold,
            before,
            after,
            isFound,
            [
                .. features.Select((f, k) => (f, k)).Where(p => !point[p.k].Equals(p.f.Own))
                    .Select(p => new FeatureChange(p.f.Name, p.f.Words(p.f.Own), p.f.Words(point[p.k]), p.f.SizeTo(point[p.k]))),
            ]);
    }
}
