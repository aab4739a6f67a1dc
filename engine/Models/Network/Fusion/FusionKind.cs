namespace DigitalTwin.Models.Network.Fusion;

/// <summary>How tokens of modalities become one prediction.</summary>
public enum FusionKind
{
    /// <summary>Tokens side by side, then residual blocks.</summary>
    Early,

    /// <summary>Each modality predicts for itself; the mean of those that are there.</summary>
    Late,

    /// <summary>A few latent vectors attend to the tokens, and to each other.</summary>
    Bottleneck,
}
