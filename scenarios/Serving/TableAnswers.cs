using System.Globalization;
using DigitalTwin.Contracts;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Serving;

/// <summary>Shows a twin's answers as tables for people.</summary>
internal sealed class TableAnswers : ITwinAnswers
{
    private const int ShownTimes = 10;
    private const double DaysPerMonth = 30.4375;

    private readonly IAnsiConsole _console;

    public TableAnswers(TextWriter output) =>
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

    public void Show(TwinDescription description)
    {
        Title($"{description.Study}/{description.Subject}, enrolled in arm '{description.Arm}'", Model(description.ModelHash));
        var table = Table("Covariate", "Value", "Unit");
        foreach (var covariate in description.Covariates)
        {
            var name = covariate.Column.Level is { } level ? $"{covariate.Column.Label} = {level}" : covariate.Column.Label;
            Row(table, name, Number(covariate.Value), covariate.Column.Unit);
        }

        foreach (var layer in description.Layers)
        {
            Row(table, layer.Layer, string.Create(CultureInfo.InvariantCulture, $"{layer.KnownCount} of {layer.FeatureCount} features"), "");
        }

        Row(table, "Outcome", Observed(description.Outcome), "");
        _console.Write(table);
    }

    public void Show(TwinForecast forecast)
    {
        Title(
            $"{forecast.Study}/{forecast.Subject} under arm '{forecast.Arm}' up to {Months(forecast.Horizon.Days)} months",
            $"{Model(forecast.ModelHash)}; mean and 95 % band over {forecast.MemberCount} ensemble members.");
        _console.Write(Forecast(forecast.Outcome));
    }

    public void Show(TwinComparison comparison)
    {
        foreach (var forecast in comparison.Forecasts)
        {
            Show(forecast);
        }

        var table = Table("Contrast", "Measure", "Difference", "95 % band", "Unit");
        foreach (var contrast in comparison.Contrasts)
        {
            Row(table, $"{contrast.Arm} - {contrast.Reference}", Words(contrast.Measure), Number(contrast.Value), Band(contrast.Band), contrast.Unit);
        }

        _console.Write(table);
    }

    public void Show(TwinExplanation explanation)
    {
        Title(
            $"{explanation.Study}/{explanation.Subject} under arm '{explanation.Arm}'",
            $"{Model(explanation.ModelHash)}; contributions on the model's linear scale, against the average training subject.");
        var table = Table("Variable", "Value", "Contribution", "SD over ensemble");
        foreach (var row in explanation.Contributions)
        {
            Row(table, row.Variable, row.Value, Number(row.Amount), Number(row.StandardDeviation));
        }

        _console.Write(table);
    }

    private static Table Forecast(ForecastOutcome outcome)
    {
        switch (outcome)
        {
            case SurvivalForecastOutcome survival:
                var curve = Table("Months", "Survival", "95 % band");
                foreach (var t in Times(survival.GridDays.Length))
                {
                    var band = survival.Lower.Length > 0 ? Band(new EnsembleBand(survival.Lower[t], survival.Upper[t])) : "";
                    Row(curve, Months(survival.GridDays[t]), Number(survival.Survival[t]), band);
                }

                return curve;
            case BinaryForecastOutcome binary:
                var probability = Table("Probability", "95 % band");
                Row(probability, Number(binary.Probability), Band(binary.Band));
                return probability;
            case ContinuousForecastOutcome continuous:
                var mean = Table("Mean", "95 % band", "SD of one subject", "Unit");
                Row(mean, Number(continuous.Mean), Band(continuous.Band), Number(continuous.ResidualStandardDeviation), continuous.Unit);
                return mean;
            default:
                throw new ArgumentException($"A forecast of kind {outcome.GetType().Name} has no table.", nameof(outcome));
        }
    }

    /// <summary>Evenly spread rows of the grid, the last one always among them.</summary>
    private static IEnumerable<int> Times(int gridCount) =>
        Enumerable.Range(0, ShownTimes + 1).Select(i => (gridCount - 1) * i / ShownTimes).Distinct();

    private void Title(string what, string how)
    {
        _console.WriteLine(what);
        _console.WriteLine(how);
    }

    private static Table Table(params string[] headings)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading)));
        }

        return table;
    }

    private static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private static string Model(string? hash) => hash is null ? "No trained model yet" : $"Model {hash[..Math.Min(12, hash.Length)]}";

    private static string Observed(ObservedOutcome? outcome) => outcome switch
    {
        null => "not known",
        ObservedSurvival survival => $"{(survival.HadEvent ? "event" : "censored")} after {Months(survival.Days)} months",
        ObservedBinary binary => binary.Occurred ? "occurred" : "did not occur",
        ObservedValue value => Number(value.Value),
        _ => throw new ArgumentException($"An outcome of kind {outcome.GetType().Name} has no words.", nameof(outcome)),
    };

    private static string Words(ContrastMeasure measure) => measure switch
    {
        ContrastMeasure.SurvivalDifference => "survival at the horizon",
        ContrastMeasure.RmstDifference => "RMST",
        ContrastMeasure.RiskDifference => "risk",
        ContrastMeasure.MeanDifference => "mean",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Unknown measure."),
    };

    private static string Band(EnsembleBand? band) => band is null ? "" : $"{Number(band.Lower)} to {Number(band.Upper)}";

    private static string Months(double days) => (days / DaysPerMonth).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
