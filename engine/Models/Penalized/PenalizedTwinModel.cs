using System.Security.Cryptography;
using System.Text.Json;
using DigitalTwin.Models.Terms;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Penalized;

/// <summary>An ensemble of ridge-penalised regressions with splines and interactions: Cox for survival, logistic for binary,
/// linear for continuous endpoints. The treated arm is the control prognosis plus a strongly penalised deviation, so that
/// an individual effect appears only when the data ask for it.</summary>
/// <remarks>Sources: ridge Cox [Verweij1994]; splines [Harrell2015]; cross-fitting [Chernozhukov2018].</remarks>
public sealed class PenalizedTwinModel : ITwinModel
{
    private readonly PenalizedTwinParameters _parameters;
    private readonly TermExpansion _expansion;
    private readonly TwinMember[][] _membersByFold;
    private readonly TwinMember[] _members;
    private readonly byte[] _serialized;

    public PenalizedTwinModel(PenalizedTwinParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        _expansion = new TermExpansion(parameters.Shapes, parameters.Terms);
        _members = [.. parameters.Members];
        _membersByFold = [.. _members.GroupBy(m => m.Fold).OrderBy(g => g.Key).Select(g => g.ToArray())];
        _serialized = JsonSerializer.SerializeToUtf8Bytes(parameters, PenalizedTwinFormat.Json);
        Hash = Convert.ToHexStringLower(SHA256.HashData(_serialized));
    }

    public string Kind => PenalizedTwinTrainer.KindName;

    public string Hash { get; }

    public IReadOnlyList<ArmId> Arms => [new(_parameters.TreatedArm), new(_parameters.ControlArm)];

    public IReadOnlyList<CovariateColumn> Columns => _parameters.Columns;

    public IReadOnlyList<LayerFeatures> Layers => [];

    public EndpointKind Endpoint => _parameters.Endpoint;

    public int MemberCount => _members.Length;

    public byte[] Serialize() => [.. _serialized];

    public IReadOnlyList<OutcomeForecast> Forecast(TwinInputs inputs, ArmId arm, Duration horizon)
    {
        RequireShape(inputs);
        var treated = IsTreated(arm);
        var grid = Endpoint == EndpointKind.TimeToEvent ? new ForecastGrid(_parameters.GridDays, horizon) : null;
        var terms = new double[_parameters.Terms.Count];
        var forecasts = new OutcomeForecast[inputs.Count];
        for (var i = 0; i < forecasts.Length; i++)
        {
            _expansion.ExpandRow(inputs.Covariates.Row(i), terms);
            forecasts[i] = Forecast(MembersFor(inputs.Subjects[i]), terms, treated, grid);
        }

        return forecasts;
    }

    public IReadOnlyList<VariableContribution> Explain(TwinInputs subject, ArmId arm, Duration horizon)
    {
        RequireShape(subject);
        if (subject.Count != 1)
        {
            throw new ArgumentException($"One subject is explained at a time; {subject.Count} were given.", nameof(subject));
        }

        var covariates = subject.Covariates.Row(0);
        var treated = IsTreated(arm);
        var terms = new double[_parameters.Terms.Count];
        _expansion.ExpandRow(covariates, terms);
        var members = MembersFor(subject.Subjects[0]);
        var variables = Columns.Select(c => c.Variable).Distinct(StringComparer.Ordinal).ToArray();
        var rows = new VariableContribution[variables.Length];
        for (var v = 0; v < variables.Length; v++)
        {
            rows[v] = VariableContribution.Of(
                variables[v],
                VariableContribution.ValueText(variables[v], Columns, covariates),
                [.. members.Select(m => Contribution(m, terms, treated, variables[v]))]);
        }

        return VariableContribution.InOrder(rows);
    }

    private OutcomeForecast Forecast(TwinMember[] members, double[] terms, bool treated, ForecastGrid? grid)
    {
        var predictors = new double[members.Length];
        for (var m = 0; m < members.Length; m++)
        {
            predictors[m] = LinearPredictor(members[m], terms, treated);
        }

        OutcomeBaseline Baseline(int m) => treated ? members[m].Treated : members[m].Control;
        switch (Endpoint)
        {
            case EndpointKind.TimeToEvent:
                return grid!.Forecast([.. predictors.Select((p, m) => (p, Baseline(m).CumulativeHazard))]);
            case EndpointKind.Binary:
                double[] probabilities = [.. predictors.Select((p, m) => 1 / (1 + Math.Exp(-(Baseline(m).Intercept + p))))];
                return new BinaryForecast(probabilities.Average(), probabilities);
            default:
                double[] means = [.. predictors.Select((p, m) => Baseline(m).Intercept + p)];
                var variance = Enumerable.Range(0, members.Length).Average(m => Baseline(m).ResidualStandardDeviation * Baseline(m).ResidualStandardDeviation);
                return new ContinuousForecast(means.Average(), Math.Sqrt(variance), means);
        }
    }

    private double LinearPredictor(TwinMember member, double[] terms, bool treated)
    {
        var predictor = 0.0;
        for (var t = 0; t < terms.Length; t++)
        {
            predictor += member.Coefficients[t] * terms[t];
        }

        for (var d = 0; treated && d < member.Deviations.Length; d++)
        {
            predictor += member.Deviations[d] * terms[_parameters.DeviationTerms[d]];
        }

        return predictor;
    }

    // An interaction belongs half to each of its two variables.
    private double Contribution(TwinMember member, double[] terms, bool treated, string variable)
    {
        var sum = 0.0;
        for (var t = 0; t < terms.Length; t++)
        {
            sum += Share(_parameters.Terms[t], variable) * member.Coefficients[t] * terms[t];
        }

        for (var d = 0; treated && d < member.Deviations.Length; d++)
        {
            var t = _parameters.DeviationTerms[d];
            sum += Share(_parameters.Terms[t], variable) * member.Deviations[d] * terms[t];
        }

        return sum;
    }

    private double Share(ModelTerm term, string variable)
    {
        var first = Columns[term.Column].Variable == variable;
        return term.Kind == TermKind.Interaction
            ? (first ? 0.5 : 0) + (Columns[term.Other].Variable == variable ? 0.5 : 0)
            : first ? 1 : 0;
    }

    private void RequireShape(TwinInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Covariates.ColumnCount != Columns.Count)
        {
            throw new ArgumentException($"{inputs.Covariates.ColumnCount} covariates given, the model has {Columns.Count} columns.", nameof(inputs));
        }
    }

    private TwinMember[] MembersFor(SubjectId subject) =>
        _parameters.Folds.TryGetValue(subject.Value, out var fold) ? _membersByFold[fold] : _members;

    private bool IsTreated(ArmId arm) =>
        arm.Value == _parameters.TreatedArm ? true
        : arm.Value == _parameters.ControlArm ? false
        : throw new ArgumentException($"This model knows the arms '{_parameters.TreatedArm}' and '{_parameters.ControlArm}', not '{arm.Value}'.", nameof(arm));
}
