using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Explanation;

/// <summary>A subject and the training subjects that it is compared with must have one and the same features.</summary>
internal static class SameFeatures
{
    /// <exception cref="ArgumentException">Covariates, layers, features or units differ; the first that does is named.</exception>
    public static void Check(SubjectInputs subject, SubjectInputs training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Count == 0)
        {
            throw new ArgumentException("There is no training subject to compare with.", nameof(training));
        }

        if (!subject.Covariates.Select(c => (c.Variable.Name, c.Variable.Unit)).SequenceEqual(training.Covariates.Select(c => (c.Variable.Name, c.Variable.Unit))))
        {
            throw new ArgumentException(
                $"The subject has the covariates [{string.Join(", ", subject.Covariates.Select(c => c.Variable.Name))}], training had [{string.Join(", ", training.Covariates.Select(c => c.Variable.Name))}] (or other units).",
                nameof(subject));
        }

        if (!subject.Layers.Select(l => l.Layer.Name).SequenceEqual(training.Layers.Select(l => l.Layer.Name), StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"The subject has the layers [{string.Join(", ", subject.Layers.Select(l => l.Layer.Name))}], training had [{string.Join(", ", training.Layers.Select(l => l.Layer.Name))}]. "
                + "Give every layer; where it was not measured, a row of missing values.",
                nameof(subject));
        }

        foreach (var (own, other) in subject.Layers.Zip(training.Layers))
        {
            if (own.Layer.Unit != other.Layer.Unit || !own.Layer.Features.SequenceEqual(other.Layer.Features, StringComparer.Ordinal))
            {
                throw new ArgumentException($"Layer '{own.Layer.Name}' has other features or another unit than in training.", nameof(subject));
            }
        }

        if ((subject.Observations is null) != (training.Observations is null))
        {
            throw new ArgumentException("Either the subject or the training subjects have observations, and the others have none.", nameof(subject));
        }
    }
}
