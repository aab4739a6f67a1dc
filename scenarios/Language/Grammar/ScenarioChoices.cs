using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Grammar;

/// <summary>Choices whose spelling is not that of an enumeration.</summary>
internal static class ScenarioChoices
{
    public static IReadOnlyList<(string Text, EstimandPopulation Population)> EstimandPopulations { get; } =
        [("ATT", EstimandPopulation.Att), ("ATO", EstimandPopulation.Ato), ("ATE", EstimandPopulation.Ate)];

    /// <summary>Twin models and the endpoint each forecasts; null for any.</summary>
    public static IReadOnlyList<(string Name, EndpointKind? Endpoint)> TwinModels { get; } =
    [
        (TwinSpecification.MultiOmics, null),
        ("penalized-cox", EndpointKind.TimeToEvent),
        ("penalized-logistic", EndpointKind.Binary),
        ("penalized-linear", EndpointKind.Continuous),
    ];

    public static ChoiceShape Population { get; } = new([.. EstimandPopulations.Select(p => p.Text)]);

    public static ChoiceShape TwinModel { get; } = new([.. TwinModels.Select(m => m.Name)]);
}
