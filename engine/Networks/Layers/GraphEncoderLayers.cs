using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Makes the parts of a <see cref="GraphEncoder"/> from its options.</summary>
internal sealed class GraphEncoderLayers(GraphEncoderGraphs graphs, int geneCount, GraphEncoderOptions options)
{
    /// <summary>A graph layer with what surrounds it.</summary>
    public ILayer Block(LayerScope scope, int inputWidth, int outputWidth)
    {
        var layer = Convolution(scope, inputWidth, outputWidth);
        var parts = new List<ILayer> { options.IsResidual ? new Residual(scope, layer) : layer };
        switch (options.Normalization)
        {
            case NormalizationKind.Layer:
                parts.Add(new LayerNormalization(scope.Part("norm"), outputWidth));
                break;
            case NormalizationKind.Batch:
                parts.Add(new BatchNormalization(scope.Part("norm"), outputWidth));
                break;
            default:
                break;
        }

        if (options.Dropout > 0)
        {
            parts.Add(new Dropout(outputWidth, options.Dropout));
        }

        return parts.Count == 1 ? parts[0] : new Chain(parts);
    }

    /// <summary>The pooling (none where genes stand side by side), a graph that the encoder then owns, and rows of a patient after it.</summary>
    public (ILayer? Pooling, SharedGraph? Owned, int Rows) Readout(LayerScope scope, int width)
    {
        switch (options.Readout)
        {
            case ReadoutKind.Concatenation:
                return (null, null, geneCount);
            case ReadoutKind.Pathways:
                var pathways = graphs.Pathways ?? throw Missing("a readout of pathways", nameof(graphs.Pathways));
                CheckGenes(pathways.ColumnCount, nameof(graphs.Pathways));
                return (new PathwayPooling(pathways, width), null, pathways.RowCount);
            default:
                var all = PathwayPooling.OfAllNodes(scope.Parameters.Backend, geneCount);
                ILayer pooling = options.Readout switch
                {
                    ReadoutKind.Attention => new AttentionPooling(scope.Part("readout"), all, width, width, options.Heads, scoresMembers: options.EmbedsGenes),
                    ReadoutKind.Sum => new PathwayPooling(all, width, Reduction.Sum),
                    ReadoutKind.Maximum => new PathwayPooling(all, width, Reduction.Maximum),
                    _ => new PathwayPooling(all, width),
                };
                return (pooling, all, 1);
        }
    }

    private ILayer Convolution(LayerScope scope, int inputWidth, int outputWidth)
    {
        switch (options.Convolution)
        {
            case ConvolutionKind.None:
                return new Linear(scope, inputWidth, outputWidth, options.Activation);
            case ConvolutionKind.GraphConvolution:
                return new GraphConvolution(scope, Genes(), inputWidth, outputWidth, options.Activation);
            case ConvolutionKind.GraphSageMean:
                return new GraphSage(scope, Genes(), inputWidth, outputWidth, NeighborAggregation.Mean, options.Activation);
            case ConvolutionKind.GraphSageMaximum:
                return new GraphSage(scope, Genes(), inputWidth, outputWidth, NeighborAggregation.Maximum, options.Activation);
            case ConvolutionKind.GraphIsomorphism:
                return new GraphIsomorphism(scope, Genes(), inputWidth, outputWidth, outputWidth, options.Activation);
            case ConvolutionKind.GraphAttention:
                return new GraphAttention(scope, Genes(), inputWidth, Attention(outputWidth));
            case ConvolutionKind.DynamicGraphAttention:
                return new DynamicGraphAttention(scope, Genes(), inputWidth, Attention(outputWidth));
            case ConvolutionKind.Relational:
                return new RelationalConvolution(scope, Relations(), inputWidth, outputWidth, options.BasisCount, options.Activation);
            case ConvolutionKind.MessagePassing:
                return new MessagePassing(scope, Relations(), inputWidth, outputWidth, outputWidth, options.Activation);
            default:
                throw new InvalidOperationException($"There is no convolution {options.Convolution}.");
        }
    }

    private AttentionOptions Attention(int outputWidth)
    {
        if (options.Heads < 1 || outputWidth % options.Heads != 0)
        {
            throw new ShapeMismatchException($"{options.Heads} heads do not divide the width {outputWidth} of an attention layer.");
        }

        return new AttentionOptions { Heads = options.Heads, HeadWidth = outputWidth / options.Heads, Activation = options.Activation };
    }

    private SharedGraph Genes()
    {
        var genes = graphs.Genes ?? throw Missing($"{options.Convolution}", nameof(graphs.Genes));
        CheckGenes(genes.ColumnCount, nameof(graphs.Genes));
        return genes;
    }

    private RelationalGraph Relations()
    {
        var relations = graphs.Relations ?? throw Missing($"{options.Convolution}", nameof(graphs.Relations));
        CheckGenes(relations.NodeCount, nameof(graphs.Relations));
        return relations;
    }

    private void CheckGenes(int count, string graph)
    {
        if (count != geneCount)
        {
            throw new UnusableGraphException($"The graph '{graph}' is over {count} genes and a patient has {geneCount}. Bring both to the same genes in the same order.");
        }
    }

    private static UnusableGraphException Missing(string what, string graph) => new($"An encoder with {what} needs the graph '{graph}', which is missing.");
}
