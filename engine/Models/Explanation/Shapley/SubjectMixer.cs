using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Explanation.Shapley;

/// <summary>Puts subjects together of which some groups of features are those of the subject and the others those of a training subject.</summary>
internal sealed class SubjectMixer
{
    private const int Own = -1;

    private readonly SubjectInputs _subject;
    private readonly SubjectInputs _donors;
    private readonly int[] _covariates;
    private readonly int[][] _layers;
    private readonly int _arm = Own;
    private readonly int _observations = Own;
    private readonly IReadOnlyList<Treatment>? _treatments;

    /// <exception cref="ArgumentException">The features of subject and donors differ, a group names none of them, or two groups name the same.</exception>
    public SubjectMixer(SubjectInputs subject, SubjectInputs donors, IReadOnlyList<FeatureGroup> groups)
    {
        SameFeatures.Check(subject, donors);
        (_subject, _donors) = (subject, donors);
        _covariates = [.. subject.Covariates.Select(_ => Own)];
        _layers = [.. subject.Layers.Select(l => Enumerable.Repeat(Own, l.FeatureCount).ToArray())];
        var places = Places();
        for (var g = 0; g < groups.Count; g++)
        {
            foreach (var feature in groups[g].Features)
            {
                ref var place = ref feature == FeatureGroup.Arm && subject.Treatments is not null && donors.Treatments is not null ? ref _arm
                    : ref feature == FeatureGroup.Observed && subject.Observations is not null ? ref _observations
                    : ref PlaceOf(feature, places);
                place = place == Own ? g : throw new ArgumentException($"'{feature}' is in the group '{groups[place].Name}' and in '{groups[g].Name}'; a feature is replaced once.", nameof(groups));
            }
        }

        _treatments = _arm == Own ? null : [.. subject.Treatments!.Treatments.Concat(donors.Treatments!.Treatments).DistinctBy(t => t.Arm)];
    }

    /// <param name="rows">Donor of each row, and whether each group is the subject's own; shape [rows].</param>
    public SubjectInputs Mix(IReadOnlyList<(int Donor, bool[] IsOwn)> rows) => new RepeatedSubject(_subject)
    {
        Covariate = (row, place, own) => IsOwn(rows[row].IsOwn, _covariates[place]) ? own : RepeatedSubject.ValueOf(_donors.Covariates[place], rows[row].Donor),
        Layer = (row, place, values) =>
        {
            var other = _donors.Layers[place].Layer.Row(rows[row].Donor);
            for (var f = 0; f < values.Length; f++)
            {
                values[f] = IsOwn(rows[row].IsOwn, _layers[place][f]) ? values[f] : other[f];
            }
        },
        Treatments = _treatments,
        Arm = _treatments is null ? null : row => ArmOf(IsOwn(rows[row].IsOwn, _arm) ? _subject.Treatments!.Of(0).Arm : _donors.Treatments!.Of(rows[row].Donor).Arm),
        Observed = row => IsOwn(rows[row].IsOwn, _observations) ? (_subject, 0) : (_donors, rows[row].Donor),
    }.Rows(rows.Count);

    private static bool IsOwn(bool[] isOwn, int group) => group == Own || isOwn[group];

    private int ArmOf(ArmId arm)
    {
        var place = 0;
        while (_treatments![place].Arm != arm)
        {
            place++;
        }

        return place;
    }

    private Dictionary<FeatureName, (int Layer, int Feature)> Places()
    {
        var places = new Dictionary<FeatureName, (int, int)>();
        for (var v = 0; v < _subject.Covariates.Count; v++)
        {
            places[new FeatureName(FeatureName.Covariates, _subject.Covariates[v].Variable.Name)] = (Own, v);
        }

        for (var l = 0; l < _subject.Layers.Count; l++)
        {
            for (var f = 0; f < _subject.Layers[l].FeatureCount; f++)
            {
                places[new FeatureName(_subject.Layers[l].Layer.Name, _subject.Layers[l].Layer.Features[f])] = (l, f);
            }
        }

        return places;
    }

    private ref int PlaceOf(FeatureName feature, Dictionary<FeatureName, (int Layer, int Feature)> places)
    {
        if (!places.TryGetValue(feature, out var place))
        {
            var nearest = NearestName.Find(feature.ToString(), places.Keys.Select(k => k.ToString()));
            throw new ArgumentException($"The subject has no '{feature}'{(nearest is null ? string.Empty : $"; the nearest name is '{nearest}'")}.");
        }

        return ref place.Layer == Own ? ref _covariates[place.Feature] : ref _layers[place.Layer][place.Feature];
    }
}
