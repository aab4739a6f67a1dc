namespace DigitalTwin.Omics.Layers;

/// <summary>A step that learns from training subjects.</summary>
public interface IOmicsTransform
{
    /// <summary>The step as errors name it.</summary>
    string Name { get; }

    /// <summary>Learns from training subjects what <see cref="FittedTransform.Apply"/> needs.</summary>
    FittedTransform Fit(TrainingLayer training);
}

/// <summary>A step that has learnt and now changes any subject's values the same way. A missing value stays missing unless the step says otherwise.</summary>
public abstract class FittedTransform
{
    private protected FittedTransform(string name, SubjectLayer fittedOn, string? outputUnit = null, IReadOnlyList<string>? outputFeatures = null)
    {
        Name = name;
        InputUnit = fittedOn.Layer.Unit;
        InputFeatures = fittedOn.Layer.Features;
        OutputUnit = outputUnit ?? InputUnit;
        OutputFeatures = outputFeatures ?? InputFeatures;
    }

    // A step that learnt elsewhere: its layouts are told, not seen.
    private protected FittedTransform(string name, string inputUnit, IReadOnlyList<string> inputFeatures, string outputUnit, IReadOnlyList<string> outputFeatures) =>
        (Name, InputUnit, InputFeatures, OutputUnit, OutputFeatures) = (name, inputUnit, inputFeatures, outputUnit, outputFeatures);

    /// <summary>The step as errors name it.</summary>
    public string Name { get; }

    /// <summary>UCUM code of the values that training had.</summary>
    public string InputUnit { get; }

    /// <summary>Shape [input features].</summary>
    public IReadOnlyList<string> InputFeatures { get; }

    /// <summary>UCUM code of what comes out.</summary>
    public string OutputUnit { get; }

    /// <summary>Shape [output features].</summary>
    public IReadOnlyList<string> OutputFeatures { get; }

    /// <summary>Changes the values of any subjects; what comes out for one does not depend on the others.</summary>
    /// <param name="layer">Shape [subjects, input features], features and unit those of training.</param>
    /// <returns>Shape [subjects, output features].</returns>
    /// <exception cref="Faults.UnitChangedException">The unit is another.</exception>
    /// <exception cref="Faults.FeaturesChangedException">The features are others.</exception>
    public SubjectLayer Apply(SubjectLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        LayerAgreement.Require(layer, Name, InputUnit, InputFeatures);
        return layer.With(OutputUnit, OutputFeatures, Compute(layer));
    }

    /// <returns>Row-major, shape [subjects, output features].</returns>
    private protected abstract float[] Compute(SubjectLayer layer);
}
