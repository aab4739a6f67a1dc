using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>The graph layer of an encoder.</summary>
public enum ConvolutionKind
{
    /// <summary>No messages: each gene by itself. What a network must beat.</summary>
    None,

    /// <summary><see cref="Layers.GraphConvolution"/>.</summary>
    GraphConvolution,

    /// <summary><see cref="GraphSage"/> with the mean.</summary>
    GraphSageMean,

    /// <summary><see cref="GraphSage"/> with the maximum.</summary>
    GraphSageMaximum,

    /// <summary><see cref="Layers.GraphIsomorphism"/>.</summary>
    GraphIsomorphism,

    /// <summary><see cref="Layers.GraphAttention"/>.</summary>
    GraphAttention,

    /// <summary><see cref="Layers.DynamicGraphAttention"/>.</summary>
    DynamicGraphAttention,

    /// <summary><see cref="RelationalConvolution"/>; needs <see cref="GraphEncoderGraphs.Relations"/>.</summary>
    Relational,

    /// <summary><see cref="Layers.MessagePassing"/>; needs <see cref="GraphEncoderGraphs.Relations"/>.</summary>
    MessagePassing,
}

/// <summary>Normalisation after a layer.</summary>
public enum NormalizationKind
{
    None,
    Layer,
    Batch,
}

/// <summary>How the genes of a patient become one row.</summary>
public enum ReadoutKind
{
    Mean,
    Sum,
    Maximum,

    /// <summary><see cref="AttentionPooling"/> over all genes.</summary>
    Attention,

    /// <summary>All genes side by side: for small networks, where which gene it is counts.</summary>
    Concatenation,

    /// <summary>Means of pathways side by side; needs <see cref="GraphEncoderGraphs.Pathways"/>.</summary>
    Pathways,
}

/// <summary>Settings of a <see cref="GraphEncoder"/>.</summary>
public sealed record GraphEncoderOptions
{
    public ConvolutionKind Convolution { get; init; } = ConvolutionKind.GraphConvolution;

    /// <summary>Features of a gene after the lift and after each graph layer; at least one. Heads divide those of attention layers.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [32, 32];

    /// <summary>Whether each gene has vectors of its own in the lift (<see cref="GeneEmbedding"/>); else all genes share one matrix.</summary>
    public bool EmbedsGenes { get; init; } = true;

    /// <summary>Heads of attention layers and of the attention readout.</summary>
    public int Heads { get; init; } = 1;

    /// <summary>Basis matrices of relational layers; 0 for one matrix a relation.</summary>
    public int BasisCount { get; init; }

    public Activation Activation { get; init; } = Activation.Relu;

    public NormalizationKind Normalization { get; init; } = NormalizationKind.None;

    /// <summary>Share dropped after each graph layer while training.</summary>
    public float Dropout { get; init; }

    /// <summary>Whether each graph layer is added to its input.</summary>
    public bool IsResidual { get; init; } = true;

    public JumpingMode Jumping { get; init; } = JumpingMode.Last;

    public ReadoutKind Readout { get; init; } = ReadoutKind.Mean;

    /// <summary>Features of a patient, d.</summary>
    public int OutputWidth { get; init; } = 32;

    /// <summary>Whether graph layers forget their inner tensors and compute them again for the gradient: memory for time.</summary>
    public bool RecomputesLayers { get; init; }
}

/// <summary>Graphs of a <see cref="GraphEncoder"/> over the same genes.</summary>
/// <param name="Genes">Edges between genes; none for encoders that use relations, or no messages.</param>
/// <param name="Relations">Typed edges between genes.</param>
/// <param name="Pathways">[pathways, genes].</param>
public sealed record GraphEncoderGraphs(SharedGraph? Genes = null, RelationalGraph? Relations = null, SharedGraph? Pathways = null);
