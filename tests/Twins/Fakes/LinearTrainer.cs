using System.Security.Cryptography;
using System.Text.Json;
using DigitalTwin.Models;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Twins;

/// <summary>A small deterministic trainer: the "model" is the mean follow-up of each arm, so a test can work out every number by hand.</summary>
internal sealed class LinearTrainer : ITwinTrainer
{
    private int _trainings;

    public string Kind => "fake-linear";

    /// <summary>Trainings so far.</summary>
    public int TrainingCount => _trainings;

    /// <summary>Called at the start of a training, on its thread.</summary>
    public Action<CancellationToken>? OnTrain { get; init; }

    /// <summary>Called at the start of each launch, on the batcher's thread, with the number of subjects.</summary>
    public Action<int>? OnForecast { get; init; }

    public TrainedTwinModel Train(TwinTrainingData data, IProgress<double>? progress, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _trainings);
        progress?.Report(0.5);
        OnTrain?.Invoke(cancellation);
        cancellation.ThrowIfCancellationRequested();
        var days = ((SurvivalOutcome)data.Trial.Outcome).Days;
        var treated = Enumerable.Range(0, data.Trial.Count).Where(i => data.Trial.Treated[i]).Average(i => days[i]);
        var control = Enumerable.Range(0, data.Trial.Count).Where(i => !data.Trial.Treated[i]).Average(i => days[i]);
        var parameters = new LinearParameters(
            data.TreatedArm.Value, treated, data.ControlArm.Value, control, data.Seed, [.. data.Trial.Covariates.Columns]);
        var validation = new TwinArmValidation(
            data.ControlArm, data.Trial.ControlCount, 1, 0.7, 0.02, 1, 0.1, 0, 0.1,
            [new ValidationAtTime(Duration.FromDays(100), 0.7, 0.2, 0.25)], null, [new CalibrationPoint(0.3, 0.31, 0.2, 0.4, 10)]);
        return new TrainedTwinModel(new LinearModel(parameters, OnForecast), [validation]);
    }

    public ITwinModel Read(ReadOnlySpan<byte> serialized) =>
        new LinearModel(JsonSerializer.Deserialize<LinearParameters>(serialized) ?? throw new InvalidDataException("Not a fake-linear model."), OnForecast);
}

internal sealed record LinearParameters(string Treated, double TreatedMean, string Control, double ControlMean, ulong Seed, CovariateColumn[] Columns);

internal sealed class LinearModel(LinearParameters parameters, Action<int>? onForecast) : ITwinModel
{
    private const int GridCount = 85;

    public string Kind => "fake-linear";

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Serialize()));

    public IReadOnlyList<ArmId> Arms => [new ArmId(parameters.Treated), new ArmId(parameters.Control)];

    public IReadOnlyList<CovariateColumn> Columns => parameters.Columns;

    public IReadOnlyList<LayerFeatures> Layers => [];

    public EndpointKind Endpoint => EndpointKind.TimeToEvent;

    public int MemberCount => 20;

    /// <summary>Exponential survival with rate exp(first covariate / 10) / mean of the arm, times 1 + member / 100.</summary>
    public IReadOnlyList<OutcomeForecast> Forecast(TwinInputs inputs, ArmId arm, Duration horizon)
    {
        onForecast?.Invoke(inputs.Count);
        var mean = arm.Value == parameters.Treated ? parameters.TreatedMean : parameters.ControlMean;
        var forecasts = new List<OutcomeForecast>(inputs.Count);
        double[] grid = [.. Enumerable.Range(0, GridCount).Select(t => horizon.Days * t / (GridCount - 1))];
        for (var i = 0; i < inputs.Count; i++)
        {
            var rate = Math.Exp(inputs.Covariates.Row(i)[0] / 10) / mean;
            double[][] members = [.. Enumerable.Range(0, MemberCount).Select(m => Curve(grid, rate * (1 + (m / 100.0))))];
            forecasts.Add(new SurvivalForecast(grid, [.. grid.Select((_, t) => members.Average(m => m[t]))], members));
        }

        return forecasts;
    }

    public IReadOnlyList<VariableContribution> Explain(TwinInputs subject, ArmId arm, Duration horizon)
    {
        var first = subject.Covariates.Row(0)[0];
        return [new VariableContribution(Columns[0].Variable, first.ToString(System.Globalization.CultureInfo.InvariantCulture), first / 10, 0.01)];
    }

    public byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(parameters);

    private static double[] Curve(double[] grid, double rate) => [.. grid.Select(t => Math.Exp(-rate * t))];
}
