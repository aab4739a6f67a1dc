namespace DigitalTwin.Omics.Layers;

/// <summary>The part of a layer that may be learnt from. Only a <see cref="SubjectSplit"/> makes one, and only from its training subjects: what
/// fits on a <see cref="TrainingLayer"/> cannot see a held-out subject.</summary>
public sealed class TrainingLayer
{
    internal TrainingLayer(SubjectLayer values) => Values = values;

    /// <summary>Shape [training subjects, features].</summary>
    public SubjectLayer Values { get; }

    /// <summary>The same training subjects after a fitted step.</summary>
    public TrainingLayer After(FittedTransform step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new TrainingLayer(step.Apply(Values));
    }
}
