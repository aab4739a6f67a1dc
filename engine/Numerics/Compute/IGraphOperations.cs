namespace DigitalTwin.Numerics.Compute;

/// <summary>Operations on a batch of patients over one shared graph with N rows, M columns and E edges. Node matrices are [patients * N, features] on the
/// row side, [patients * M, features] on the column side; edge matrices [patients * E, heads] in the edge order of <see cref="SparseOperand.Host"/>.
/// The count of patients follows from the shapes. Every method throws <see cref="ShapeMismatchException"/> when they do not fit.</summary>
/// <remarks>Gather and embedding are <see cref="Multiply"/> by <see cref="CsrMatrix.Selection"/>, scatter is the same transposed, pooling is
/// <see cref="CsrMatrix.Segments"/>.</remarks>
public interface IGraphOperations
{
    /// <summary>output[p, i] (+)= activation(sum over edges e of row i of w_e input[p, column of e] + bias). The wide sparse product (SpMM).</summary>
    /// <param name="graph">The matrix; its transpose swaps the sides of input and output.</param>
    /// <param name="transpose">Whether to multiply by the transpose.</param>
    /// <param name="input">Node matrix.</param>
    /// <param name="output">Node matrix.</param>
    /// <param name="edgeWeights">Replaces the weights of the graph: [patients * E, heads], where heads divides the features: head h weighs the h-th block of
    /// features. Or [E, heads], shared by all patients.</param>
    /// <param name="bias">[1, features].</param>
    /// <param name="activation">Applied before writing; None when accumulating.</param>
    /// <param name="accumulate">Whether to add to the output.</param>
    void Multiply(
        SparseOperand graph,
        bool transpose,
        MatrixView input,
        MatrixView output,
        MatrixView? edgeWeights = null,
        MatrixView? bias = null,
        Activation activation = Activation.None,
        bool accumulate = false);

    /// <summary>edges[p, e, h] (+)= the inner product of block h of rowSide[p, row of e] and columnSide[p, column of e] (SDDMM). Weights of the graph play no part.</summary>
    void EdgeInnerProducts(SparseOperand graph, MatrixView rowSide, MatrixView columnSide, MatrixView edges, bool accumulate = false);

    /// <summary>output[p, i, c] = the greatest input[p, column of e, c] over the edges of row i, and which edge (as a number; -1 for a row without edges, whose output is 0).</summary>
    void NeighborMaximum(SparseOperand graph, MatrixView input, MatrixView output, MatrixView edgeOfMaximum);

    /// <summary>Gradient of <see cref="NeighborMaximum"/>.</summary>
    void NeighborMaximumBackward(SparseOperand graph, MatrixView edgeOfMaximum, MatrixView outputGradient, MatrixView inputGradient, bool accumulate);

    /// <summary>Softmax over the edges of each row, for each patient and head. Output may be input.</summary>
    void EdgeSoftmax(SparseOperand graph, MatrixView edges, MatrixView output);

    /// <summary>Gradient of <see cref="EdgeSoftmax"/> from its output.</summary>
    void EdgeSoftmaxBackward(SparseOperand graph, MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool accumulate);

    /// <summary>edges[p, e] (+)= nodes[p, node at that side of e].</summary>
    void NodesToEdges(SparseOperand graph, EdgeSide side, MatrixView nodes, MatrixView edges, bool accumulate = false);

    /// <summary>nodes[p, i] (+)= the sum of edges[p, e] over the edges with node i at that side.</summary>
    void EdgesToNodes(SparseOperand graph, EdgeSide side, MatrixView edges, MatrixView nodes, bool accumulate = false);

    /// <summary>Graph attention, fused: with e = leaky(rowScores[i, h] + columnScores[j, h] + edgeScores[e, h]), output[i, h] = sum_j softmax_j(e) values[j, h].
    /// A row without edges gives 0.</summary>
    /// <remarks>Source: [Velickovic2018] equations 3 to 6. Nothing of the size edges x features is stored.</remarks>
    void GraphAttention(in GraphAttentionArguments arguments);

    /// <summary>Gradient of <see cref="GraphAttention"/>.</summary>
    void GraphAttentionBackward(in GraphAttentionArguments arguments, in GraphAttentionGradients gradients);

    /// <summary>Dynamic graph attention (GATv2): e = attention_h . leaky(rowSide[i, h] + columnSide[j, h] + edgeSide[e, h]),
    /// output[i, h] = sum_j softmax_j(e) columnSide[j, h]. A row without edges gives 0.</summary>
    /// <remarks>Source: [Brody2022] equation 7; the edge side [E, H * D], shared by all patients, stands for the features of the edges times their part of the
    /// matrix W of that equation. Fused without it: nothing of the size edges x features is stored.</remarks>
    void DynamicGraphAttention(in DynamicGraphAttentionArguments arguments);

    /// <summary>Gradient of <see cref="DynamicGraphAttention"/>. A gradient of the edge side is refused where the arguments have none.</summary>
    void DynamicGraphAttentionBackward(in DynamicGraphAttentionArguments arguments, in DynamicGraphAttentionGradients gradients);
}
