using System.Globalization;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Translation;

/// <summary>Subjects of whom one layer was translated.</summary>
/// <param name="Translation">From what, and how well: the residual deviation of each feature is the uncertainty of what stands in the layer now.</param>
/// <param name="Rows">Row number of each.</param>
public sealed record TranslatedRows(LayerTranslation Translation, IReadOnlyList<int> Rows);

/// <summary>Inputs with layers completed.</summary>
/// <param name="Inputs">With every layer of training.</param>
/// <param name="Translated">What of it was not measured.</param>
public sealed record TranslatedInputs(SubjectInputs Inputs, IReadOnlyList<TranslatedRows> Translated)
{
    /// <summary>How many subjects got which layer, from what, with what mean R2.</summary>
    public IReadOnlyList<string> Findings =>
    [
        .. Translated.Select(t => string.Create(
            CultureInfo.InvariantCulture,
            $"{t.Rows.Count} of {Inputs.Count} subjects have no layer '{t.Translation.Layer}': {t.Translation.TranslatedCount} of its {t.Translation.Features.Count} features were translated from {t.Translation.SourceText}, mean R2 {t.Translation.MeanR2:0.00}.")),
    ];
}
