using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Fusion;
using DigitalTwin.Models.Network.Longitudinal;
using DigitalTwin.Models.Network.Pretraining;
using DigitalTwin.Models.Network.Series;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Pathways;
using DigitalTwin.Networks.Layers;

namespace DigitalTwin.Models.Network;

/// <summary>Settings of a <see cref="NetworkLearner"/>.</summary>
public sealed record NetworkLearnerOptions
{
    /// <summary>Networks that are trained apart, each with first values and an inner validation fold of its own; predictions are their mean.</summary>
    /// <remarks>Source: [Lakshminarayanan2017].</remarks>
    public int MemberCount { get; init; } = 5;

    /// <summary>Inner folds, 2 or more: a member stops early by one of them.</summary>
    public int InnerFoldCount { get; init; } = 5;

    /// <summary>Whether each member weighs the subjects anew, by exponential weights.</summary>
    public bool IsBootstrapped { get; init; }

    /// <summary>Whether a residual on top of another model is kept in part or not at all where the inner validation folds do not speak for it.</summary>
    public bool WeighsResidual { get; init; } = true;

    /// <summary>How tokens of modalities become one prediction.</summary>
    public FusionKind Fusion { get; init; } = FusionKind.Early;

    /// <summary>Width of a token.</summary>
    public int TokenWidth { get; init; } = 32;

    /// <summary>Width inside residual blocks.</summary>
    public int HiddenWidth { get; init; } = 64;

    /// <summary>Residual blocks over covariates.</summary>
    public int TableBlockCount { get; init; } = 1;

    /// <summary>Residual blocks after fusion.</summary>
    public int FusedBlockCount { get; init; } = 1;

    /// <summary>Latent vectors of the attention bottleneck, and rounds of it.</summary>
    public int LatentCount { get; init; } = 4;

    public int LatentRoundCount { get; init; } = 1;

    /// <summary>What numeric covariates become, beside themselves.</summary>
    public NumericEmbeddingKind NumericEmbedding { get; init; } = NumericEmbeddingKind.PiecewiseLinear;

    /// <summary>Bins, or frequencies, of a numeric covariate at most.</summary>
    public int NumericEmbeddingSize { get; init; } = 8;

    /// <summary>Training subjects for each number that embeddings add; where there are fewer, covariates have fewer bins, and none below two.</summary>
    public int SubjectsPerEmbedding { get; init; } = 20;

    /// <summary>Standard deviation of what numeric embeddings add, where the number itself has 1: below 1 a straight line is the first guess.</summary>
    public double NumericEmbeddingScale { get; init; } = 1;

    /// <summary>How repeated measurements are read; null leaves them out.</summary>
    public SeriesOptions? Series { get; init; } = new();

    /// <summary>Share dropped inside blocks and before the last layer while training.</summary>
    public float Dropout { get; init; } = 0.3f;

    /// <summary>Share of the numbers of omics layers dropped while training.</summary>
    public float InputDropout { get; init; } = 0.2f;

    /// <summary>How often a whole modality of a subject is hidden while training.</summary>
    public float ModalityDropout { get; init; } = 0.1f;

    /// <summary>How often it is hidden which arm or drug it was, and only targets and doses are shown.</summary>
    public float ArmDropout { get; init; } = 0.5f;

    public double LearningRate { get; init; } = 1e-3;

    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Epochs at most, and epochs without a better inner validation loss after which a member stops.</summary>
    public int EpochCount { get; init; } = 200;

    public int Patience { get; init; } = 10;

    /// <summary>Subjects of a step; 0 for a thirtieth of the training subjects, at least 32 and at most 256.</summary>
    public int BatchSize { get; init; }

    /// <summary>Intervals of follow-up at most.</summary>
    public int IntervalCount { get; init; } = 30;

    /// <summary>Terms by which an effect may change over follow-up; 1 for proportional odds of the hazards.</summary>
    public int TimeTermCount { get; init; } = 3;

    /// <summary>The network that molecular layers are laid on; none sends them all beside it.</summary>
    public GeneNetwork? Network { get; init; }

    /// <summary>Aliases and accessions of the genes; none compares names alone.</summary>
    public GeneCatalog? Catalog { get; init; }

    /// <summary>Sets by which nodes are pooled; none pools by attention.</summary>
    public PathwaySets? Pathways { get; init; }

    /// <summary>Genes that a pathway must have among the nodes.</summary>
    public int LeastPathwayGenes { get; init; } = 5;

    /// <summary>Share of the features of a layer that must be on the network, so that the layer is laid on it.</summary>
    public double LeastShareOnNetwork { get; init; } = 0.2;

    /// <summary>Most edges of a path by which nodes without features join those with.</summary>
    public int LongestBridge { get; init; } = 2;

    /// <summary>Where set, the edges of the network are exchanged at random: what the true network is worth shows beside it.</summary>
    public ulong? RewiringSeed { get; init; }

    /// <summary>The graph layer.</summary>
    public ConvolutionKind Convolution { get; init; } = ConvolutionKind.GraphConvolution;

    /// <summary>Features of a node after the lift and after each graph layer.</summary>
    public IReadOnlyList<int> NodeWidths { get; init; } = [4, 4];

    /// <summary>Whether each node has vectors of its own; else all nodes share one matrix, and it is only where they stand that tells them apart.</summary>
    public bool EmbedsNodes { get; init; } = true;

    /// <summary>How outcomes at any visit times are decoded.</summary>
    public LongitudinalOptions Longitudinal { get; init; } = new();

    /// <summary>Encoders that were trained without outcomes, to start from; none starts from random numbers.</summary>
    public PretrainedEncoders? Pretrained { get; init; }

    /// <summary>What the shape of a trained network follows from; how it was trained, and on which network, is not written.</summary>
    internal void WriteShape(ModelWriter writer)
    {
        writer.Choice(Fusion);
        writer.Choice(Convolution);
        writer.Flag(EmbedsNodes);
        writer.Ints([.. NodeWidths]);
        writer.Ints([TokenWidth, HiddenWidth, TableBlockCount, FusedBlockCount, LatentCount, LatentRoundCount]);
    }

    internal static NetworkLearnerOptions ReadShape(ModelReader reader)
    {
        var (fusion, convolution, embedsNodes, widths, sizes) = (reader.Choice<FusionKind>(), reader.Choice<ConvolutionKind>(), reader.Flag(), reader.Ints(), reader.Ints());
        reader.Require(sizes.Length == 6 && sizes.All(s => s >= 0 && s <= reader.Length), $"a network has the sizes [{string.Join(", ", sizes)}], and 6 belong there, none larger than its bytes");
        return new NetworkLearnerOptions
        {
            Fusion = fusion,
            Convolution = convolution,
            EmbedsNodes = embedsNodes,
            NodeWidths = widths,
            TokenWidth = sizes[0],
            HiddenWidth = sizes[1],
            TableBlockCount = sizes[2],
            FusedBlockCount = sizes[3],
            LatentCount = sizes[4],
            LatentRoundCount = sizes[5],
        };
    }

    /// <summary>Fewest training subjects.</summary>
    public int LeastSubjectCount { get; init; } = 30;

    /// <summary>Fewest events of any kind, or subjects that are not of the commonest class.</summary>
    public int LeastEventCount { get; init; } = 10;
}
