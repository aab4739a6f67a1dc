using System.Globalization;
using System.Security.Cryptography;
using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Explanation.Shapley;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Twins;

/// <summary>Everything a multi-omics twin model knows; what is written to storage.</summary>
/// <param name="Endpoint">Kind of the endpoint.</param>
/// <param name="TreatedArm">Name of the treated arm.</param>
/// <param name="ControlArm">Name of the control arm.</param>
/// <param name="Columns">Covariate columns expected, in order.</param>
/// <param name="Layers">Omics layers expected, in order.</param>
/// <param name="FollowUp">Farthest horizon of a survival forecast; null for other endpoints.</param>
/// <param name="Typical">Whom explanations compare with.</param>
/// <param name="Members">The ensemble, fold by fold.</param>
/// <param name="Folds">Fold of each training subject: members of that fold never saw it.</param>
/// <param name="ExplanationSampleCount">Orders of the features that an explanation averages over.</param>
internal sealed record MultiOmicsTwinParts(
    EndpointKind Endpoint,
    ArmId TreatedArm,
    ArmId ControlArm,
    IReadOnlyList<CovariateColumn> Columns,
    IReadOnlyList<LayerFeatures> Layers,
    Duration? FollowUp,
    TypicalSubject Typical,
    IReadOnlyList<TwinMemberPair> Members,
    IReadOnlyDictionary<SubjectId, int> Folds,
    int ExplanationSampleCount);

/// <summary>The multi-omics twin of a trial: an ensemble of pairs of models, one for each arm, cross-fitted.</summary>
public sealed class MultiOmicsTwinModel : ITwinModel
{
    private readonly MultiOmicsTwinParts _parts;
    private readonly Lazy<byte[]> _serialized;
    private readonly Lazy<string> _hash;

    internal MultiOmicsTwinModel(MultiOmicsTwinParts parts)
    {
        _parts = parts;
        _serialized = new(() => MultiOmicsTwinFormat.Write(parts));
        _hash = new(() => Convert.ToHexStringLower(SHA256.HashData(_serialized.Value)));
    }

    public string Kind => MultiOmicsTwinTrainer.KindName;

    public string Hash => _hash.Value;

    public IReadOnlyList<ArmId> Arms => [_parts.TreatedArm, _parts.ControlArm];

    public IReadOnlyList<CovariateColumn> Columns => _parts.Columns;

    public IReadOnlyList<LayerFeatures> Layers => _parts.Layers;

    public EndpointKind Endpoint => _parts.Endpoint;

    public int MemberCount => _parts.Members.Count;

    public byte[] Serialize() => [.. _serialized.Value];

    public IReadOnlyList<OutcomeForecast> Forecast(TwinInputs inputs, ArmId arm, Duration horizon)
    {
        RequireShape(inputs);
        RequireHorizon(horizon);
        var treated = IsTreated(arm);
        var forecasts = new MemberForecasts(Endpoint, horizon, inputs.Count);
        foreach (var fold in _parts.Members.GroupBy(m => m.Fold))
        {
            int[] rows = [.. Enumerable.Range(0, inputs.Count).Where(i => IsFor(fold.Key, inputs.Subjects[i]))];
            if (rows.Length == 0)
            {
                continue;
            }

            var columns = TwinInputColumns.Of(inputs.Take(rows));
            foreach (var member in fold)
            {
                forecasts.Add(rows, member.Under(treated).Predict(columns));
            }
        }

        return forecasts.ToForecasts();
    }

    /// <remarks>Shapley values of variables and layers against the typical subject, averaged over the members; source [Strumbelj2014]. The scale is that of the link: log
    /// cumulative hazard at the horizon, log odds, or the endpoint's unit.</remarks>
    public IReadOnlyList<VariableContribution> Explain(TwinInputs subject, ArmId arm, Duration horizon)
    {
        RequireShape(subject);
        if (subject.Count != 1)
        {
            throw new ArgumentException($"One subject is explained at a time; {subject.Count} were given.", nameof(subject));
        }

        RequireHorizon(horizon);
        var treated = IsTreated(arm);
        var columns = TwinInputColumns.Of(subject);
        var typical = TwinInputColumns.Of(_parts.Typical.As(Columns, Layers));
        var groups = Groups(columns);
        var quantity = new ExplainedQuantity { Horizon = horizon };
        var settings = new ShapleyOptions { SampleCount = _parts.ExplanationSampleCount };
        var members = _parts.Members.Where(m => IsFor(m.Fold, subject.Subjects[0]))
            .Select(m => ShapleyValues.Explain(m.Under(treated), columns, typical, groups, quantity, settings).Values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal))
            .ToArray();
        return VariableContribution.InOrder(groups.Select(g => VariableContribution.Of(g.Name, Text(g.Name, subject), [.. members.Select(m => m[g.Name])])));
    }

    private List<FeatureGroup> Groups(SubjectInputs inputs)
    {
        var variables = Columns.GroupBy(c => c.Variable, StringComparer.Ordinal)
            .Select(g => new FeatureGroup(g.Key, [.. g.Select(c => new FeatureName(FeatureName.Covariates, TwinInputColumns.NameOf(c)))]));
        return [.. variables, .. FeatureGroup.Modalities(inputs).Where(g => g.Name != FeatureName.Covariates)];
    }

    private string Text(string name, TwinInputs subject) => subject.Layers.FirstOrDefault(l => l.Name == name) is { } layer
        ? string.Create(CultureInfo.InvariantCulture, $"{Known(layer.Row(0))} of {layer.Features.Count} features")
        : VariableContribution.ValueText(name, Columns, subject.Covariates.Row(0));

    private static int Known(ReadOnlySpan<float> row)
    {
        var known = 0;
        foreach (var value in row)
        {
            known += float.IsNaN(value) ? 0 : 1;
        }

        return known;
    }

    // A training subject is forecast by the members that have not seen it, anybody else by all.
    private bool IsFor(int fold, SubjectId subject) => !_parts.Folds.TryGetValue(subject, out var own) || own == fold;

    private bool IsTreated(ArmId arm) =>
        arm == _parts.TreatedArm ? true
        : arm == _parts.ControlArm ? false
        : throw new ArgumentException($"This model knows the arms '{_parts.TreatedArm}' and '{_parts.ControlArm}', not '{arm}'.", nameof(arm));

    private void RequireHorizon(Duration horizon)
    {
        if (_parts.FollowUp is { } followUp && (!(horizon.Days > 0) || horizon.Days > followUp.Days * (1 + 1e-12)))
        {
            throw new ArgumentOutOfRangeException(nameof(horizon), horizon.Days, $"The horizon must lie in (0, {followUp.Days}] days, the follow-up the model was trained on.");
        }
    }

    private void RequireShape(TwinInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (!inputs.Covariates.Columns.Select(TwinInputColumns.NameOf).SequenceEqual(Columns.Select(TwinInputColumns.NameOf), StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"The covariates are [{string.Join(", ", inputs.Covariates.Columns.Select(TwinInputColumns.NameOf))}], the model was trained with [{string.Join(", ", Columns.Select(TwinInputColumns.NameOf))}].", nameof(inputs));
        }

        if (!inputs.Layers.Select(l => l.Name).SequenceEqual(Layers.Select(l => l.Name), StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"The layers are [{string.Join(", ", inputs.Layers.Select(l => l.Name))}], the model was trained with [{string.Join(", ", Layers.Select(l => l.Name))}].", nameof(inputs));
        }

        foreach (var (given, known) in inputs.Layers.Zip(Layers))
        {
            if (given.Unit != known.Unit)
            {
                throw new ArgumentException($"Layer '{known.Name}' is in '{given.Unit}', the model was trained with '{known.Unit}'. Convert it first.", nameof(inputs));
            }

            if (!ReferenceEquals(given.Features, known.Features) && !given.Features.SequenceEqual(known.Features, StringComparer.Ordinal))
            {
                var different = given.Features.Zip(known.Features).FirstOrDefault(p => p.First != p.Second);
                throw new ArgumentException(
                    $"Layer '{known.Name}' has {given.Features.Count} features, the model was trained with {known.Features.Count}; the first that differs is '{different.First}' for '{different.Second}'.", nameof(inputs));
            }
        }
    }
}
