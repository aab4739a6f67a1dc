// Times the whole twin, on made-up subjects of the shapes that matter, and prints a Markdown table: seconds beside the most that is allowed.
using System.Diagnostics;
using System.Globalization;
using DigitalTwin.Bench.Twins;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Models.Twins;
using DigitalTwin.Numerics.Compute.Simd;

const int Folds = 5;
using var backend = new SimdBackend(Environment.ProcessorCount);
var context = new LearningContext(1, backend, Environment.ProcessorCount, CancellationToken.None);

Print($"{Environment.ProcessorCount} cores.");
Print($"");
Print($"| task | seconds | most |");
Print($"|---|---:|---:|");

// As TCGA's kidney cohort: 345 subjects, two covariates, three layers.
var cohort = DrawnCohort.Survival(DrawnCohort.Inputs(345, 2, [("rna", 1556), ("cnv", 937), ("mutation", 10)], 0, 1));
var folds = LearningFolds.Stratified(cohort, Folds, 1);
var training = Timed(() =>
{
    for (var fold = 0; fold < Folds; fold++)
    {
        var (inside, heldOut) = LearningFolds.Split(folds, fold);
        StandardTwin.Of(networkCount: 5).Fit(cohort.Take(inside), context).Predict(cohort.Inputs.Take(heldOut));
    }
});
Print($"| five folds of a cohort of 345 subjects and 2,503 features, survival | {training:F1} | 120 |");

Forecasts("20 covariates", [], 5);
Forecasts("20 covariates and 494 genes of the network", [("rna", 494)], 2);
Forecasts("20 covariates and 494 genes of the network", [("rna", 494)], 5);

void Forecasts(string known, (string, int)[] layers, int networkCount)
{
    var predictor = StandardTwin.Of(networkCount).Fit(DrawnCohort.Binary(DrawnCohort.Inputs(600, 20, layers, 10, 1)), context);
    var asked = DrawnCohort.Inputs(1000, 20, layers, 10, 2);
    Forecast(predictor, asked.Take([.. Enumerable.Range(0, 20)]));
    var shares = predictor.Findings[0].Split("weights ")[^1].TrimEnd('.');
    Print($"| forecasts of 1,000 patients under 10 arms, {known}, {networkCount} networks ({shares}) | {Timed(() => Forecast(predictor, asked)):F2} | 1 |");
    var bytes = OutcomePredictorFormat.Write(predictor);
    Print($"| that model written and read, {bytes.Length / 1e6:F1} MB | {Timed(() => OutcomePredictorFormat.Read(OutcomePredictorFormat.Write(predictor), 1)):F2} | |");
}

static void Forecast(IOutcomePredictor predictor, SubjectInputs subjects)
{
    foreach (var under in subjects.UnderEach(subjects.Treatments!.Treatments))
    {
        predictor.Predict(under);
    }
}

static double Timed(Action work)
{
    var started = Stopwatch.GetTimestamp();
    work();
    return Stopwatch.GetElapsedTime(started).TotalSeconds;
}

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
