namespace DigitalTwin.Omics.Faults;

/// <summary>A layer and its subjects do not fit each other.</summary>
public sealed class LayerShapeException(string layer, string what, string remedy) : OmicsException($"layer '{layer}'", what, remedy);

/// <summary>The unit of a layer is not the one a transform was fitted on.</summary>
public sealed class UnitChangedException(string layer, string step, string expected, string found)
    : OmicsException(
        $"layer '{layer}', {step}",
        $"The values are in '{found}', the training values were in '{expected}'.",
        "Convert the layer to the unit of training, or fit again.")
{
    public string Expected { get; } = expected;

    public string Found { get; } = found;
}

/// <summary>The features of a layer are not those a transform was fitted on, in their order.</summary>
public sealed class FeaturesChangedException(string layer, string step, IReadOnlyList<string> missing, IReadOnlyList<string> extra)
    : OmicsException($"layer '{layer}', {step}", Describe(missing, extra), "Give the features of training in their order, or fit again.")
{
    /// <summary>Features of training that are not here.</summary>
    public IReadOnlyList<string> Missing { get; } = missing;

    /// <summary>Features here that training had not.</summary>
    public IReadOnlyList<string> Extra { get; } = extra;

    private static string Describe(IReadOnlyList<string> missing, IReadOnlyList<string> extra) =>
        missing.Count + extra.Count == 0
            ? "The features stand in another order than in training."
            : $"The features are not those of training: {missing.Count} are gone{List(missing)}, {extra.Count} are new{List(extra)}.";

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? string.Empty : $" ({Some(names)})";
}

/// <summary>Features of which no training subject has a value.</summary>
public sealed class AllMissingFeatureException(string layer, string step, IReadOnlyList<string> features)
    : OmicsException(
        $"layer '{layer}', {step}",
        $"{features.Count} features have no value in any training subject: {Some(features)}. Nothing can be learnt about them.",
        "Drop them with a filter of missingness first.")
{
    public IReadOnlyList<string> Features { get; } = features;
}

/// <summary>Subjects without any value of a layer.</summary>
public sealed class AllMissingSubjectException(string layer, string step, IReadOnlyList<string> subjects)
    : OmicsException(
        $"layer '{layer}', {step}",
        $"{subjects.Count} subjects have no value at all: {Some(subjects)}.",
        "Leave them out of this layer; the model takes a subject without the layer.")
{
    public IReadOnlyList<string> Subjects { get; } = subjects;
}

/// <summary>Subjects that would be learnt from and tested on.</summary>
public sealed class SubjectOverlapException(IReadOnlyList<string> subjects)
    : OmicsException(
        "split",
        $"{subjects.Count} subjects are in training and held out: {Some(subjects)}. A test on them would only measure memory.",
        "Give each subject to one side.")
{
    public IReadOnlyList<string> Subjects { get; } = subjects;
}

/// <summary>Subjects of a split that the cohort does not hold, or holds twice.</summary>
public sealed class SubjectSetException(string what, string remedy) : OmicsException("split", what, remedy);

/// <summary>Values that a transform is not defined for.</summary>
public sealed class ValueOutOfDomainException(string layer, string step, string feature, string subject, int count, string domain)
    : OmicsException(
        $"layer '{layer}', {step}",
        $"{count} values are not {domain}, the first of subject '{subject}' in feature '{feature}'.",
        "Check the unit and the scale of the layer: it may be transformed already.")
{
    public string Feature { get; } = feature;

    public string Subject { get; } = subject;

    public int Count { get; } = count;
}
