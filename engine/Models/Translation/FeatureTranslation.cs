using System.Globalization;

namespace DigitalTwin.Models.Translation;

/// <summary>How well one feature of a layer can be predicted from other layers, on subjects that the prediction had not seen.</summary>
/// <param name="Feature">Its name in the layer.</param>
/// <param name="SubjectCount">Training subjects that have its value.</param>
/// <param name="R2">1 - squared error over that of the training mean, out of fold; NaN where it was not judged.</param>
/// <param name="StandardError">Of <paramref name="R2"/>, from subject to subject.</param>
/// <param name="ResidualDeviation">Standard deviation of a measured value around the translated one, out of fold, in the unit of the layer.</param>
/// <param name="IsTranslated">Whether it is predicted where it is missing.</param>
public sealed record FeatureTranslation(string Feature, int SubjectCount, double R2, double StandardError, double ResidualDeviation, bool IsTranslated)
{
    public override string ToString() => double.IsNaN(R2)
        ? $"{Feature} cannot be predicted: {SubjectCount} subjects have a value of it that varies."
        : string.Create(CultureInfo.InvariantCulture, $"{Feature} {(IsTranslated ? "is" : "cannot be")} predicted: R2 {R2:0.000} (standard error {StandardError:0.000}) out of fold.");
}
