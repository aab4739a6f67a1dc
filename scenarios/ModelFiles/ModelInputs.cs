using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.ModelFiles;

/// <summary>Lays a cohort out as a stored model reads it: the same covariates, layers and features in the same units, whatever their order in the bundle.</summary>
/// <param name="model">What the model reads.</param>
/// <param name="place">Name of the bundle, for faults.</param>
/// <param name="allowMissing">Whether what the bundle does not have counts as missing for everybody.</param>
internal sealed class ModelInputs(ModelDescription model, TextLocation place, bool allowMissing)
{
    private const int MostNames = 5;

    private readonly List<Fault> _faults = [];
    private readonly List<string> _notes = [];

    /// <summary>What was taken as missing, or is, sentence by sentence.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The subjects by id, without treatments.</summary>
    /// <exception cref="InvalidInputException">With everything that the model cannot take.</exception>
    public SubjectInputs Of(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var subjects = cohort.Take([.. Enumerable.Range(0, cohort.Count).OrderBy(i => cohort.Subjects[i])]);
        if (subjects.Count == 0)
        {
            Report("The bundle has no subject.");
        }

        Column[] covariates = [.. model.Covariates.Select(v => Covariate(subjects, v)).OfType<Column>()];
        SubjectLayer[] layers = [.. model.Layers.Select(l => Layer(subjects, l)).OfType<OmicsLayer>().Select(l => new SubjectLayer(l, subjects.Subjects))];
        var observations = Observations(subjects);
        if (_faults.Count == 0)
        {
            Unmeasured(subjects, covariates, layers);
            Unknown(subjects.Subjects, covariates, layers, observations);
        }

        return _faults.Count == 0 ? new SubjectInputs(subjects.Subjects, covariates, layers, observations) : throw new InvalidInputException(_faults);
    }

    // What the bundle has, and has no value of: legitimate, for a bundle may be one subject, and never silent.
    private void Unmeasured(Cohort cohort, Column[] covariates, SubjectLayer[] layers)
    {
        foreach (var column in covariates.Where(c => c.CountMissing() == cohort.Count && cohort.TryGetColumn(c.Variable.Name, out _)))
        {
            _notes.Add($"Variable '{column.Variable.Name}' has no value for any subject of the bundle.");
        }

        foreach (var layer in layers.Where(l => cohort.OmicsLayers.FirstOrDefault(own => own.Name == l.Layer.Name) is not null))
        {
            var own = cohort.OmicsLayers.First(l => l.Name == layer.Layer.Name).Features.ToHashSet(StringComparer.Ordinal);
            string[] without = [.. Enumerable.Range(0, cohort.Count).Where(i => !layer.Layer.HasValue(i)).Select(i => cohort.Subjects[i].Value)];
            if (without.Length > 0)
            {
                _notes.Add($"{without.Length} of {cohort.Count} subjects have no value of layer '{layer.Layer.Name}': {Some(without)}. They are predicted by what else is known.");
            }

            if (without.Length < cohort.Count && layer.Layer.FeaturesWithoutValue().Where(own.Contains).ToArray() is { Length: > 0 } empty)
            {
                _notes.Add($"{empty.Length} of {layer.FeatureCount} features of layer '{layer.Layer.Name}' have no value for any subject of the bundle: {Some(empty)}.");
            }
        }
    }

    private void Unknown(IReadOnlyList<SubjectId> subjects, Column[] covariates, SubjectLayer[] layers, ObservationTable? observations)
    {
        var isObserved = observations?.Subjects.ToArray().ToHashSet() ?? [];
        string[] unknown = covariates.Length + layers.Length == 0 && observations is null ? [] : [.. Enumerable.Range(0, subjects.Count)
            .Where(i => !isObserved.Contains(i) && covariates.All(c => c.IsMissing(i)) && layers.All(l => !l.Layer.HasValue(i))).Select(i => subjects[i].Value)];
        if (unknown.Length > 0 && allowMissing)
        {
            _notes.Add($"{unknown.Length} of {subjects.Count} subjects have no value of anything that the model reads: {Some(unknown)}. Their prediction says nothing of them.");
        }
        else if (unknown.Length > 0)
        {
            Report($"{unknown.Length} of {subjects.Count} subjects have no value of anything that the model reads: {Some(unknown)}. Leave them out, or take everything as missing with '--allow-missing'.");
        }
    }

    private Column? Covariate(Cohort cohort, Variable known)
    {
        if (!cohort.TryGetColumn(known.Name, out var column))
        {
            Absent($"variable '{known.Name}'", Nearest.Suggest(known.Name, cohort.Columns.Select(c => c.Variable.Name)));
            return known.IsNumeric
                ? new NumericColumn(known, [.. Enumerable.Repeat(double.NaN, cohort.Count)])
                : new CategoricalColumn(known, [.. Enumerable.Repeat(CategoricalColumn.Missing, cohort.Count)]);
        }

        switch (column)
        {
            case NumericColumn numeric when known.IsNumeric && column.Variable.Unit == known.Unit:
                return new NumericColumn(known, numeric.Values.ToArray());
            case CategoricalColumn categorical when !known.IsNumeric:
                return Recoded(categorical, known);
            default:
                Report(known.IsNumeric && column.Variable.IsNumeric
                    ? $"'{known.Name}' is in '{column.Variable.Unit}', and the model was trained with '{known.Unit}'. Nothing is converted here: import the cohort again in that unit."
                    : $"'{known.Name}' is {Words(column.Variable)}, and the model was trained with one that is {Words(known)}. Import the cohort again.");
                return null;
        }
    }

    private CategoricalColumn? Recoded(CategoricalColumn column, Variable known)
    {
        var codes = Array.ConvertAll([.. column.Variable.Levels], level => (short)IndexOf(known.Levels, level));
        var unseen = column.Codes.ToArray().Where(c => c >= 0 && codes[c] < 0).Select(c => column.Variable.Levels[c]).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (unseen.Length > 0)
        {
            Report($"'{known.Name}' holds {Some(unseen)}, which the model has not seen: it knows [{string.Join(", ", known.Levels)}]. Recode the values, or leave the subjects out.");
            return null;
        }

        return new CategoricalColumn(known, [.. column.Codes.ToArray().Select(c => c < 0 ? CategoricalColumn.Missing : codes[c])]);
    }

    private OmicsLayer? Layer(Cohort cohort, LayerFeatures known)
    {
        if (cohort.OmicsLayers.FirstOrDefault(l => l.Name == known.Name) is not { } layer)
        {
            Absent($"omics layer '{known.Name}'", Nearest.Suggest(known.Name, cohort.OmicsLayers.Select(l => l.Name)));
            return OmicsLayer.Shared(known.Name, known.Unit, known.Features, [], [.. Enumerable.Repeat(-1, cohort.Count)]);
        }

        if (layer.Unit != known.Unit)
        {
            Report($"Layer '{known.Name}' is in '{layer.Unit}', and the model was trained with '{known.Unit}'. Nothing is converted here: import the layer again in that unit.");
            return null;
        }

        var places = layer.Features.Index().ToDictionary(f => f.Item, f => f.Index, StringComparer.Ordinal);
        string[] absent = [.. known.Features.Where(f => !places.ContainsKey(f))];
        if (absent.Length > 0)
        {
            Absent($"{absent.Length} of {known.Features.Count} features of layer '{known.Name}': {Some(absent)}", absent.Length == known.Features.Count ? $" Its own begin with '{layer.Features[0]}': is that the same kind of id?" : string.Empty);
        }

        return layer.Choose(known.Features, [.. known.Features.Select(f => places.GetValueOrDefault(f, -1))]);
    }

    private ObservationTable? Observations(Cohort cohort)
    {
        if (model.Observations.Count == 0)
        {
            return null;
        }

        var table = cohort.Observations;
        var places = new short[table?.Variables.Count ?? 0];
        Array.Fill(places, (short)-1);
        for (short k = 0; k < model.Observations.Count; k++)
        {
            var known = model.Observations[k];
            var own = table is null ? -1 : IndexOf([.. table.Variables.Select(v => v.Name)], known.Name);
            if (own < 0)
            {
                Absent($"repeated measurement '{known.Name}'", Nearest.Suggest(known.Name, table?.Variables.Select(v => v.Name) ?? []));
            }
            else if (table!.Variables[own].Unit != known.Unit)
            {
                Report($"The repeated measurement '{known.Name}' is in '{table.Variables[own].Unit}', and the model was trained with '{known.Unit}'. Import the cohort again in that unit.");
            }
            else
            {
                places[own] = k;
            }
        }

        return table?.Choose(model.Observations, places) ?? new ObservationTable(model.Observations, [], [], [], []);
    }

    private void Absent(string what, string hint)
    {
        if (allowMissing)
        {
            _notes.Add($"The bundle has no {what}. Taken as missing for everybody.");
        }
        else
        {
            Report($"The bundle has no {what}, which the model was trained with.{hint} Import it, or take it as missing for everybody with '--allow-missing'.");
        }
    }

    private void Report(string message) => _faults.Add(new Fault(place, message));

    private static string Words(Variable variable) => variable.IsNumeric ? "a number" : "categorical";

    private static string Some(string[] names) => string.Join(", ", names.Take(MostNames).Select(n => $"'{n}'")) + (names.Length > MostNames ? ", ..." : string.Empty);

    private static int IndexOf(IReadOnlyList<string> names, string name) => Array.IndexOf([.. names], name);
}
