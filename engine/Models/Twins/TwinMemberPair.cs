using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Twins;

/// <summary>One member of the ensemble: what happens to a subject without and with the treatment.</summary>
/// <param name="Fold">Fold that neither has seen.</param>
/// <param name="Control">Learnt on control subjects.</param>
/// <param name="Treated">Learnt on treated subjects, from <paramref name="Control"/>'s prognosis and on their own.</param>
internal sealed record TwinMemberPair(int Fold, IOutcomePredictor Control, IOutcomePredictor Treated)
{
    public IOutcomePredictor Under(bool treated) => treated ? Treated : Control;
}
