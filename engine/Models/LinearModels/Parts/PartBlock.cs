using DigitalTwin.Models.LinearModels.Features;

namespace DigitalTwin.Models.LinearModels.Parts;

/// <summary>A block of a part, and how strongly it may be held back against the others.</summary>
/// <param name="Block">The features.</param>
/// <param name="Factors">Penalty factors to choose from, the first the one to start from.</param>
internal sealed record PartBlock(FeatureBlock Block, double[] Factors)
{
    /// <summary>A factor so large that the block is below rounding: it is left out.</summary>
    public const double Off = 1e16;

    /// <summary>Lines and arms lead; bends, products and what differs between arms need more evidence, and stay out until they bring it.</summary>
    public static PartBlock Of(FeatureBlock block) => block.Kind switch
    {
        BlockKind.Covariates or BlockKind.Arms or BlockKind.Layer => new PartBlock(block, [1]),
        BlockKind.Bends => new PartBlock(block, [Off, 3, 0.5]),
        BlockKind.Products => new PartBlock(block, [Off, 10, 2]),
        BlockKind.ArmCovariates => new PartBlock(block, [Off, 10, 2]),
        _ => throw new InvalidOperationException($"There is no penalty factor of {block.Kind}."),
    };
}
