using DigitalTwin.Cohorts.Csv;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Import;

/// <summary>Reads the CSV of one omics layer: one row a subject (or a level that subjects share), a column for each feature.</summary>
/// <param name="manifest">May declare the layer.</param>
/// <param name="layout">Of the subjects.</param>
/// <param name="faults">Collects what is wrong.</param>
internal sealed class LayerImport(CohortManifest manifest, ImportLayout layout, ImportFaults faults)
{
    private const string Numbers = "Correct it, or leave it empty";

    /// <param name="name">Name of the layer.</param>
    /// <param name="path">Its file.</param>
    /// <param name="rowsOf">Rows of the cohort that a text of the file's subject column stands for.</param>
    /// <param name="subjectCount">Subjects of the cohort.</param>
    /// <returns>The layer, null with faults; and what there is to say of it.</returns>
    public (OmicsLayer? Layer, LayerReport Report) Read(string name, string path, Func<LayerSource, IReadOnlyDictionary<string, int[]>> rowsOf, int subjectCount)
    {
        var declared = manifest.OmicsTables.FirstOrDefault(o => o.Name == name);
        var source = declared?.Source ?? LayerSource.Default;
        using var table = CsvTable.Open(path);
        var assumptions = new List<string>();
        if (declared is null)
        {
            assumptions.Add($"the manifest does not declare it: its unit is taken as \"1\", the kind of its features as {OmicsTable.UnknownKind}");
        }

        var idColumn = FindIdColumn(table, source, assumptions);
        var (columns, features) = FindFeatures(table, source, idColumn, assumptions);
        if (idColumn < 0 || columns.Length == 0)
        {
            return (null, new LayerReport(name, table.Name, 0, 0, 0, assumptions));
        }

        // Rows that subjects share are held once; else row and subject are one.
        var rowOf = source.Key is null ? null : new int[subjectCount];
        rowOf?.AsSpan().Fill(-1);
        var known = rowsOf(source);
        var (values, seenCount, strangerCount, stranger) = ReadValues(table, idColumn, columns, features, known, subjectCount, rowOf);
        Judge(table.Name, name, values, seenCount, $"its subjects begin with '{stranger}', those of the cohort with '{known.Keys.FirstOrDefault()}'");
        var report = new LayerReport(name, table.Name, features.Length, seenCount, strangerCount, assumptions);
        var unit = declared?.Unit ?? "1";
        return (values.Length == 0 ? null : rowOf is null ? new OmicsLayer(name, unit, features, values) : OmicsLayer.Shared(name, unit, features, values, rowOf), report);
    }

    private int FindIdColumn(CsvTable table, LayerSource source, List<string> assumptions)
    {
        var missing = new List<Fault>();
        if (source.SubjectColumn is { } stated)
        {
            var column = table.Find(stated, missing);
            foreach (var fault in missing)
            {
                faults.Add(fault.Location, fault.Message);
            }

            return column;
        }

        var shared = layout.SubjectColumns is [var only] ? table.IndexOf(only) : -1;
        var found = Math.Max(shared, 0);
        if (shared < 0)
        {
            assumptions.Add($"its subjects are read from its first column, '{table.Columns[0]}'");
        }

        return found;
    }

    // Columns that the manifest reads as variables or endpoints are in nearly every published table beside the features, and one of them is the outcome.
    private (int[] Columns, string[] Features) FindFeatures(CsvTable table, LayerSource source, int idColumn, List<string> assumptions)
    {
        var variables = layout.Variables.Select(v => v.Column).Concat(layout.Endpoints.SelectMany(e => new[] { e.TimeColumn, e.StatusColumn })).ToHashSet(StringComparer.Ordinal);
        List<int> columns = [];
        List<string> features = [], passedOver = [];
        var featureSet = new Dictionary<string, int>(StringComparer.Ordinal);
        var hasAffix = source.FeaturePrefix.Length + source.FeatureSuffix.Length > 0;
        for (var c = 0; c < table.Columns.Count; c++)
        {
            var column = table.Columns[c];
            if (c == idColumn || source.Exclude.Contains(column)
                || column.Length < source.FeaturePrefix.Length + source.FeatureSuffix.Length
                || !column.StartsWith(source.FeaturePrefix, StringComparison.Ordinal)
                || !column.EndsWith(source.FeatureSuffix, StringComparison.Ordinal))
            {
                continue;
            }

            var feature = column[source.FeaturePrefix.Length..(column.Length - source.FeatureSuffix.Length)];
            if (!hasAffix && (variables.Contains(column) || layout.SubjectColumns.Contains(column)))
            {
                passedOver.Add(column);
            }
            else if (feature.Length == 0)
            {
                faults.Add(table.LocationOf(c), $"Column '{column}' leaves no name for a feature. Name it, or put it under source.exclude.");
            }
            else if (!featureSet.TryAdd(feature, c))
            {
                faults.Add(table.LocationOf(c), $"Feature '{feature}' stands in two columns. Keep one.");
            }
            else
            {
                columns.Add(c);
                features.Add(feature);
            }
        }

        if (passedOver.Count > 0)
        {
            assumptions.Add($"the manifest reads {string.Join(", ", passedOver.Select(p => $"'{p}'"))} as no feature, so neither does the layer");
        }

        if (columns.Count == 0)
        {
            faults.Add(
                table.LocationOf(0),
                hasAffix ? $"No column has a name like '{source.FeaturePrefix}...{source.FeatureSuffix}', so the layer has no feature. Correct source.prefix and source.suffix, or leave the layer out."
                : "The file has no column besides that of the subjects, so the layer has no feature.");
        }

        return ([.. columns], [.. features]);
    }

    private (float[] Values, int SeenCount, int StrangerCount, string Stranger) ReadValues(
        CsvTable table, int idColumn, int[] columns, string[] features, IReadOnlyDictionary<string, int[]> rowsOf, int subjectCount, int[]? rowOf)
    {
        var values = new float[(long)(rowOf is null ? subjectCount : rowsOf.Count) * columns.Length];
        var sampleCount = 0;
        Array.Fill(values, float.NaN);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var isFaulty = new bool[columns.Length];
        var (seenCount, strangerCount, stranger) = (0, 0, string.Empty);
        while (!faults.IsFull && table.ReadRow(faults) is { } row)
        {
            var id = row[idColumn];
            if (!seen.Add(id))
            {
                faults.Add(row.LocationOf(idColumn), $"'{id}' stands in two rows. Keep one row a subject.");
            }

            if (!rowsOf.TryGetValue(id, out var subjects))
            {
                stranger = strangerCount++ == 0 ? id : stranger;
                continue;
            }

            seenCount += subjects.Length;
            var target = rowOf is null ? subjects[0] : sampleCount++;
            foreach (var subject in rowOf is null ? [] : subjects)
            {
                rowOf![subject] = target;
            }

            for (var f = 0; f < columns.Length; f++)
            {
                var text = row[columns[f]];
                if (ValueParser.IsMissing(text))
                {
                    continue;
                }

                if (!ValueParser.TryReadNumber(text, out var number) || !float.IsFinite((float)number))
                {
                    // One fault a column: a column of texts is one mistake, not as many as there are subjects.
                    if (!isFaulty[f])
                    {
                        faults.Add(row.LocationOf(columns[f]), $"Feature '{features[f]}' of '{id}' is not a number. {Numbers}; if the column is no feature, put it under source.exclude.");
                    }

                    isFaulty[f] = true;
                    continue;
                }

                values[((long)target * columns.Length) + f] = (float)number;
            }
        }

        if (rowOf is not null)
        {
            Array.Resize(ref values, sampleCount * columns.Length);
        }

        return (isFaulty.Contains(true) ? [] : values, seenCount, strangerCount, stranger);
    }

    private void Judge(string file, string layer, float[] values, int seenCount, string ids)
    {
        if (faults.IsFull)
        {
            return;
        }

        if (seenCount == 0)
        {
            faults.Add(new TextLocation(file, 0, 0), $"No subject of layer '{layer}' is in the cohort: {ids}. Check the column of subjects under omics.{layer}.source.");
        }
        else if (values.Length > 0 && values.All(float.IsNaN))
        {
            faults.Add(new TextLocation(file, 0, 0), $"Every value of layer '{layer}' is missing. Leave the layer out, or correct the file.");
        }
    }
}
