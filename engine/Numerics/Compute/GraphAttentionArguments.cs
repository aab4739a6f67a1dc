namespace DigitalTwin.Numerics.Compute;

/// <summary>Operands of <see cref="IGraphOperations.GraphAttention"/>, H heads of D features.</summary>
/// <param name="Graph">[N, M] with E edges; its weights play no part.</param>
/// <param name="RowScores">[patients * N, H].</param>
/// <param name="ColumnScores">[patients * M, H].</param>
/// <param name="Values">[patients * M, H * D].</param>
/// <param name="Output">[patients * N, H * D].</param>
/// <param name="LogNormalizer">[patients * N, H], written forward and read backward: log sum_j exp(e); minus infinity for a row without edges.</param>
/// <param name="NegativeSlope">Slope of the leaky rectifier below 0.</param>
/// <param name="EdgeScores">[E, H], shared by all patients: what edge types or features add to a score; or none.</param>
public readonly record struct GraphAttentionArguments(
    SparseOperand Graph,
    MatrixView RowScores,
    MatrixView ColumnScores,
    MatrixView Values,
    MatrixView Output,
    MatrixView LogNormalizer,
    float NegativeSlope,
    MatrixView? EdgeScores = null);

/// <summary>Gradients of <see cref="IGraphOperations.GraphAttention"/>. Those that are set are written, or added to where their flag says so.</summary>
/// <param name="Output">[patients * N, H * D], read.</param>
/// <param name="RowScores">[patients * N, H].</param>
/// <param name="ColumnScores">[patients * M, H].</param>
/// <param name="Values">[patients * M, H * D].</param>
/// <param name="EdgeScratch">[patients * E, H], overwritten: the gradient of each score, patient by patient.</param>
/// <param name="EdgeScores">[E, H]: always added to, summed over patients in their order; or none.</param>
/// <param name="AccumulateRowScores">Whether to add.</param>
/// <param name="AccumulateColumnScores">Whether to add.</param>
/// <param name="AccumulateValues">Whether to add.</param>
public readonly record struct GraphAttentionGradients(
    MatrixView Output,
    MatrixView RowScores,
    MatrixView ColumnScores,
    MatrixView Values,
    MatrixView EdgeScratch,
    MatrixView? EdgeScores = null,
    bool AccumulateRowScores = false,
    bool AccumulateColumnScores = false,
    bool AccumulateValues = false);
