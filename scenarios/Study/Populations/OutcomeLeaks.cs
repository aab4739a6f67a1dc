using DigitalTwin.Models.Evaluation;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Populations;

/// <summary>Covariates and features that are the outcome under another name, looked for in each arm on its own: twins learn from one arm at a time.</summary>
internal static class OutcomeLeaks
{
    public static void Refuse(TrialData trial, IReadOnlyList<OmicsLayer> layers, TrialArms names, AssemblyChecks checks)
    {
        var arms = new[] { Of(names.Treated.Id, treated: true), Of(names.Control.Id, treated: false) };
        for (var c = 0; c < trial.Covariates.ColumnCount; c++)
        {
            var values = trial.Covariates.CopyColumn(c);
            if (ArmsTold(i => values[i]) is { Length: > 0 } told)
            {
                checks.CovariateIsNotOutcome(trial.Covariates.Columns[c].Label, told);
            }
        }

        foreach (var layer in layers)
        {
            var leaks = from f in Enumerable.Range(0, layer.Features.Count)
                        let told = ArmsTold(i => layer.Row(i)[f])
                        where told.Length > 0
                        group layer.Features[f] by string.Join('/', told) into features
                        select (Features: features.ToArray(), Arms: features.Key);
            foreach (var (features, told) in leaks.ToArray())
            {
                checks.FeaturesAreNotOutcome(layer.Name, features, [.. arms.Select(a => a.Id).Where(a => told.Split('/').Contains(a.Value))]);
            }
        }

        (ArmId Id, int[] Rows, OutcomeCopies Copies) Of(ArmId id, bool treated)
        {
            int[] rows = [.. Enumerable.Range(0, trial.Count).Where(i => trial.Treated[i] == treated)];
            return (id, rows, new OutcomeCopies(trial.Outcome.Take(rows)));
        }

        ArmId[] ArmsTold(Func<int, double> value) => [.. arms.Where(a => a.Copies.Holds(Array.ConvertAll(a.Rows, i => value(i)))).Select(a => a.Id)];
    }
}
