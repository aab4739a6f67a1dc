using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Longitudinal;

/// <summary>What training visits have in common: the grid of times, centre and scale of each endpoint, and the mean curve with the spread around it.</summary>
internal sealed class TrajectoryGrid
{
    /// <exception cref="UnlearnableException">An endpoint has fewer than two measurements or does not vary, or all visits are on one day.</exception>
    public TrajectoryGrid(LongitudinalOutcome training, ReadOnlySpan<double> weights, int gridCount)
    {
        var counts = weights.ToArray();
        double[] days = [.. training.Days.Order()];
        GridDays = days.Length == 0 ? [] : [.. Enumerable.Range(0, gridCount).Select(k => days[(int)((long)k * (days.Length - 1) / (gridCount - 1))]).Distinct()];
        if (GridDays.Length < 2)
        {
            throw new UnlearnableException($"The {training.Subjects.Length} measurements of the training subjects are on {GridDays.Length} different days: there is no course to learn. Predict a continuous outcome instead.");
        }

        EndpointCount = training.Endpoints.Count;
        (Means, Scales) = (new double[EndpointCount], new double[EndpointCount]);
        for (var e = 0; e < EndpointCount; e++)
        {
            (Means[e], Scales[e]) = Moments(training, counts, e);
        }

        (StartMeans, StartVariances) = StartCurves(training, counts);
    }

    private TrajectoryGrid(double[] gridDays, double[] means, double[] scales, double[] startMeans, double[] startVariances) =>
        (GridDays, EndpointCount, Means, Scales, StartMeans, StartVariances) = (gridDays, means.Length, means, scales, startMeans, startVariances);

    /// <summary>Shape [times], days, ascending.</summary>
    public double[] GridDays { get; }

    public int EndpointCount { get; }

    /// <summary>Shape [endpoints].</summary>
    public double[] Means { get; }

    /// <summary>Shape [endpoints].</summary>
    public double[] Scales { get; }

    /// <summary>Mean curve of all training subjects, standardised, shape [times, endpoints].</summary>
    public double[] StartMeans { get; }

    /// <summary>Variance around it, standardised, shape [endpoints].</summary>
    public double[] StartVariances { get; }

    public void Write(ModelWriter writer)
    {
        writer.Numbers(GridDays);
        writer.Numbers(Means);
        writer.Numbers(Scales);
        writer.Numbers(StartMeans);
        writer.Numbers(StartVariances);
    }

    public static TrajectoryGrid Read(ModelReader reader)
    {
        var (days, means) = (reader.Ascending("times of visits"), reader.Numbers());
        reader.Require(days.Length > 1 && means.Length > 0, $"a course has {days.Length} times and {means.Length} endpoints");
        return new TrajectoryGrid(
            days,
            means,
            reader.Numbers(means.Length, "scales of endpoints"),
            reader.Numbers(checked(days.Length * means.Length), "values of mean curves"),
            reader.Numbers(means.Length, "variances of endpoints"));
    }

    /// <summary>The mean curve at a position, standardised.</summary>
    public double StartMean(int endpoint, double position)
    {
        var left = Math.Min((int)position, GridDays.Length - 1);
        var right = Math.Min(left + 1, GridDays.Length - 1);
        return ((1 - (position - left)) * StartMeans[(left * EndpointCount) + endpoint]) + ((position - left) * StartMeans[(right * EndpointCount) + endpoint]);
    }

    /// <summary>Where a day lies on the grid: 1.5 is half way from the second to the third time.</summary>
    public double Position(double days) => LongitudinalPredictions.GridPosition(GridDays, days);

    private static (double Mean, double Scale) Moments(LongitudinalOutcome training, double[] weights, int endpoint)
    {
        double total = 0, sum = 0, squares = 0;
        for (var k = 0; k < training.Values.Length; k++)
        {
            var weight = training.EndpointIndices[k] == endpoint ? weights[training.Subjects[k]] : 0;
            (total, sum) = (total + weight, sum + (weight * training.Values[k]));
        }

        var mean = sum / total;
        for (var k = 0; k < training.Values.Length; k++)
        {
            var weight = training.EndpointIndices[k] == endpoint ? weights[training.Subjects[k]] : 0;
            squares += weight * (training.Values[k] - mean) * (training.Values[k] - mean);
        }

        return squares > 0 && total > 0
            ? (mean, Math.Sqrt(squares / total))
            : throw new UnlearnableException($"Endpoint '{training.Endpoints[endpoint]}' does not vary among the measurements of the training subjects. Leave it out.");
    }

    // Mean of the measurements near each grid time, weighed by how near; where there is none, the mean of all.
    private (double[] Means, double[] Variances) StartCurves(LongitudinalOutcome training, double[] counts)
    {
        var (sums, totals) = (new double[GridDays.Length * EndpointCount], new double[GridDays.Length * EndpointCount]);
        Visit(training, counts, (e, left, share, value, weight) =>
        {
            var (a, b) = ((left * EndpointCount) + e, (Math.Min(left + 1, GridDays.Length - 1) * EndpointCount) + e);
            (sums[a], totals[a]) = (sums[a] + (weight * (1 - share) * value), totals[a] + (weight * (1 - share)));
            (sums[b], totals[b]) = (sums[b] + (weight * share * value), totals[b] + (weight * share));
        });
        double[] means = [.. sums.Zip(totals, (s, t) => t > 0 ? s / t : 0)];
        var (squares, weights) = (new double[EndpointCount], new double[EndpointCount]);
        Visit(training, counts, (e, left, share, value, weight) =>
        {
            var right = Math.Min(left + 1, GridDays.Length - 1);
            var error = value - ((1 - share) * means[(left * EndpointCount) + e]) - (share * means[(right * EndpointCount) + e]);
            (squares[e], weights[e]) = (squares[e] + (weight * error * error), weights[e] + weight);
        });
        return (means, [.. squares.Zip(weights, (s, w) => Math.Max(1e-4, s / w))]);
    }

    private void Visit(LongitudinalOutcome training, double[] weights, Action<int, int, double, double, double> visit)
    {
        for (var k = 0; k < training.Values.Length; k++)
        {
            var (endpoint, position) = (training.EndpointIndices[k], Position(training.Days[k]));
            var left = Math.Min((int)position, GridDays.Length - 1);
            visit(endpoint, left, position - left, (training.Values[k] - Means[endpoint]) / Scales[endpoint], weights[training.Subjects[k]]);
        }
    }
}
