namespace DigitalTwin.Numerics.Compute;

/// <summary>Operands of <see cref="IGraphOperations.DynamicGraphAttention"/>, H heads of D features.</summary>
/// <param name="Graph">[N, M] with E edges; its weights play no part.</param>
/// <param name="RowSide">[patients * N, H * D].</param>
/// <param name="ColumnSide">[patients * M, H * D]: scored, and summed.</param>
/// <param name="Attention">[1, H * D].</param>
/// <param name="Output">[patients * N, H * D].</param>
/// <param name="Weights">[patients * E, H], written forward and read backward: the softmax weights.</param>
/// <param name="NegativeSlope">Slope of the leaky rectifier below 0.</param>
/// <param name="EdgeSide">[E, H * D], shared by all patients: what features of an edge add inside the rectifier; or none.</param>
public readonly record struct DynamicGraphAttentionArguments(
    SparseOperand Graph,
    MatrixView RowSide,
    MatrixView ColumnSide,
    MatrixView Attention,
    MatrixView Output,
    MatrixView Weights,
    float NegativeSlope,
    MatrixView? EdgeSide = null);

/// <summary>Gradients of <see cref="IGraphOperations.DynamicGraphAttention"/>.</summary>
/// <param name="Output">[patients * N, H * D], read.</param>
/// <param name="RowSide">[patients * N, H * D].</param>
/// <param name="ColumnSide">[patients * M, H * D].</param>
/// <param name="Attention">[1, H * D]: always added to.</param>
/// <param name="EdgeScratch">[patients * E, H], overwritten: the gradient of each score.</param>
/// <param name="AccumulateRowSide">Whether to add.</param>
/// <param name="AccumulateColumnSide">Whether to add.</param>
/// <param name="EdgeSide">[E, H * D]: always added to, patient after patient in their order; or none.</param>
public readonly record struct DynamicGraphAttentionGradients(
    MatrixView Output,
    MatrixView RowSide,
    MatrixView ColumnSide,
    MatrixView Attention,
    MatrixView EdgeScratch,
    bool AccumulateRowSide = false,
    bool AccumulateColumnSide = false,
    MatrixView? EdgeSide = null);
