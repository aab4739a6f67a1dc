using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.Trees.Readings;

/// <summary>The number is a log hazard ratio: survival is exp(-H(t) exp(number)).</summary>
/// <param name="gridDays">Times, ascending from 0.</param>
/// <param name="baseline">H at each time.</param>
internal sealed class RelativeHazardReading(double[] gridDays, double[] baseline) : TreeReading
{
    public override PredictionShape Shape => PredictionShape.Survival;

    public override int Width => 1;

    public static RelativeHazardReading Read(ModelReader reader)
    {
        var grid = reader.Ascending("times of boosted trees");
        return new RelativeHazardReading(grid, reader.Numbers(grid.Length, "hazards of boosted trees"));
    }

    public override OutcomePredictions Of(double[] numbers)
    {
        var survival = new double[numbers.Length * baseline.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            var ratio = Math.Exp(numbers[i]);
            for (var t = 0; t < baseline.Length; t++)
            {
                survival[(i * baseline.Length) + t] = Math.Exp(-baseline[t] * ratio);
            }
        }

        return new SurvivalPredictions(gridDays, survival, numbers);
    }

    public override void Write(ModelWriter writer)
    {
        writer.Numbers(gridDays);
        writer.Numbers(baseline);
    }
}

/// <summary>Numbers are steps of the cumulative hazard. Survival exp(-mean cumulative hazard); the risk is the mortality, the sum of the cumulative hazard over the grid.</summary>
internal sealed class HazardReading(double[] gridDays) : TreeReading
{
    public override PredictionShape Shape => PredictionShape.Survival;

    public override int Width => gridDays.Length;

    public static HazardReading Read(ModelReader reader) => new(reader.Ascending("times of a forest"));

    public override OutcomePredictions Of(double[] numbers)
    {
        var times = gridDays.Length;
        var survival = new double[numbers.Length];
        var risk = new double[numbers.Length / times];
        for (var i = 0; i < risk.Length; i++)
        {
            var hazard = 0.0;
            for (var t = 0; t < times; t++)
            {
                hazard += numbers[(i * times) + t];
                survival[(i * times) + t] = Math.Exp(-hazard);
                risk[i] += hazard;
            }
        }

        return new SurvivalPredictions(gridDays, survival, risk);
    }

    public override void Write(ModelWriter writer) => writer.Numbers(gridDays);
}

/// <summary>Numbers are steps of the cumulative incidence of each kind of event.</summary>
internal sealed class IncidenceReading(double[] gridDays, int eventCount) : TreeReading
{
    public override PredictionShape Shape => PredictionShape.Incidence(eventCount);

    public override int Width => checked(gridDays.Length * eventCount);

    public static IncidenceReading Read(ModelReader reader) => new(reader.Ascending("times of a forest"), reader.IntWithin(1, byte.MaxValue, "the number of kinds of event"));

    public override OutcomePredictions Of(double[] numbers)
    {
        var incidence = (double[])numbers.Clone();
        for (var k = 0; k < incidence.Length; k++)
        {
            incidence[k] += k % gridDays.Length == 0 ? 0 : incidence[k - 1];
        }

        return new CumulativeIncidencePredictions(gridDays, incidence, eventCount);
    }

    public override void Write(ModelWriter writer)
    {
        writer.Numbers(gridDays);
        writer.Int(eventCount);
    }
}
