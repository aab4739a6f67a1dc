using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>The wide sparse product.</summary>
public sealed unsafe partial class SimdBackend
{
    public void Multiply(
        SparseOperand graph,
        bool transpose,
        MatrixView input,
        MatrixView output,
        MatrixView? edgeWeights = null,
        MatrixView? bias = null,
        Activation activation = Activation.None,
        bool accumulate = false)
    {
        var (patients, heads, shared) = OperandCheck.Multiply(graph, transpose, input, output, edgeWeights, bias, activation, accumulate);
        var edges = Of(graph).Edges(transpose);
        var visitor = new MultiplyVisitor
        {
            Backend = this,
            Edges = edges,
            Input = Of(input),
            Output = Of(output),
            Plan = new MultiplyPlan(patients, heads, input.Columns, edges, graph.EdgeCount, _team.ThreadCount),
            Bias = bias is { } b ? Of(b).Start : null,
            Mode = accumulate ? StoreMode.Add : StoreModes.ForWriting(Of(output)),
            EdgeWeights = edgeWeights is { } w ? Of(w) : default,
            AreShared = shared,
            EdgeCount = graph.EdgeCount,
        };
        FunctionDispatch.Visit(activation, ref visitor);
    }

    private static SimdSparseOperand Of(SparseOperand graph) => graph as SimdSparseOperand
        ?? throw new ArgumentException("The graph was loaded by another backend. Load it with the backend that computes.", nameof(graph));

    private struct MultiplyVisitor : IFunctionVisitor
    {
        public SimdBackend Backend;
        public SimdEdges Edges;
        public Rows Input;
        public Rows Output;
        public MultiplyPlan Plan;
        public float* Bias;
        public StoreMode Mode;
        public Rows EdgeWeights;
        public bool AreShared;
        public int EdgeCount;

        public readonly void Visit<TFunction>()
            where TFunction : unmanaged, ILaneFunction => Backend._team.Run(
                new MultiplyWork<TFunction>
                {
                    Edges = Edges,
                    Input = Input,
                    Output = Output,
                    Plan = Plan,
                    Bias = Bias,
                    Mode = Mode,
                    EdgeWeights = EdgeWeights,
                    AreShared = AreShared,
                    EdgeCount = EdgeCount,
                    Scratch = Backend._scratch.Parts(((long)Edges.NeighbourCount + (Plan.PatientsOfItem > 1 ? Edges.NodeCount : 0)) * Lanes.Count),
                },
                Plan.ItemCount);
    }
}
