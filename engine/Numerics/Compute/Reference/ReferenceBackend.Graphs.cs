namespace DigitalTwin.Numerics.Compute.Reference;

/// <summary>Products, maxima and softmax over edges.</summary>
public sealed partial class ReferenceBackend
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
        var (x, y) = (new Cells(input), new Cells(output));
        var weights = edgeWeights is { } w ? new Cells(w) : default;
        var (from, to) = transpose ? (graph.RowCount, graph.ColumnCount) : (graph.ColumnCount, graph.RowCount);
        if (!accumulate)
        {
            Fill(output, 0);
        }

        for (var p = 0; p < patients; p++)
        {
            ForEachEdge(graph, (i, j, e) =>
            {
                var (target, source) = transpose ? (j, i) : (i, j);
                for (var c = 0; c < input.Columns; c++)
                {
                    var weight = heads == 0
                        ? graph.Host.Values?[e] ?? 1.0
                        : weights[(shared ? 0 : (long)p * graph.EdgeCount) + e, c / (input.Columns / heads)];
                    y[((long)p * to) + target, c] += weight * x[((long)p * from) + source, c];
                }
            });
        }

        ForEach(output, (r, c) => y[r, c] = ReferenceFunctions.Apply(activation, y[r, c] + (bias is { } b ? new Cells(b)[0, c] : 0)));
    }

    public void EdgeInnerProducts(SparseOperand graph, MatrixView rowSide, MatrixView columnSide, MatrixView edges, bool accumulate = false)
    {
        var patients = OperandCheck.EdgeInnerProducts(graph, rowSide, columnSide, edges);
        var (a, b, y) = (new Cells(rowSide), new Cells(columnSide), new Cells(edges));
        var width = rowSide.Columns / edges.Columns;
        for (var p = 0; p < patients; p++)
        {
            ForEachEdge(graph, (i, j, e) =>
            {
                for (var h = 0; h < edges.Columns; h++)
                {
                    var sum = 0.0;
                    for (var c = h * width; c < (h + 1) * width; c++)
                    {
                        sum += a[((long)p * graph.RowCount) + i, c] * b[((long)p * graph.ColumnCount) + j, c];
                    }

                    y.Put(((long)p * graph.EdgeCount) + e, h, sum, accumulate);
                }
            });
        }
    }

    public void NeighborMaximum(SparseOperand graph, MatrixView input, MatrixView output, MatrixView edgeOfMaximum)
    {
        var patients = OperandCheck.NeighborMaximum(graph, input, output, edgeOfMaximum);
        var (x, y, which) = (new Cells(input), new Cells(output), new Cells(edgeOfMaximum));
        Fill(output, 0);
        Fill(edgeOfMaximum, -1);
        for (var p = 0; p < patients; p++)
        {
            ForEachEdge(graph, (i, j, e) =>
            {
                for (var c = 0; c < input.Columns; c++)
                {
                    var value = x[((long)p * graph.ColumnCount) + j, c];
                    var place = ((long)p * graph.RowCount) + i;
                    if (which[place, c] < 0 || value > y[place, c])
                    {
                        (y[place, c], which[place, c]) = (value, e);
                    }
                }
            });
        }
    }

    public void NeighborMaximumBackward(SparseOperand graph, MatrixView edgeOfMaximum, MatrixView outputGradient, MatrixView inputGradient, bool accumulate)
    {
        var patients = OperandCheck.NeighborMaximum(graph, inputGradient, outputGradient, edgeOfMaximum);
        var (which, dy, dx) = (new Cells(edgeOfMaximum), new Cells(outputGradient), new Cells(inputGradient));
        if (!accumulate)
        {
            Fill(inputGradient, 0);
        }

        for (var p = 0; p < patients; p++)
        {
            ForEachEdge(graph, (i, j, e) =>
            {
                for (var c = 0; c < inputGradient.Columns; c++)
                {
                    var place = ((long)p * graph.RowCount) + i;
                    dx[((long)p * graph.ColumnCount) + j, c] += which[place, c] == e ? dy[place, c] : 0;
                }
            });
        }
    }

    public void EdgeSoftmax(SparseOperand graph, MatrixView edges, MatrixView output)
    {
        OperandCheck.Same(edges, output);
        var patients = OperandCheck.Edges(graph, edges);
        var (x, y) = (new Cells(edges), new Cells(output));
        ForEachRow(graph, patients, edges.Columns, (first, count, h) =>
        {
            var greatest = double.NegativeInfinity;
            for (var e = first; e < first + count; e++)
            {
                greatest = Math.Max(greatest, x[e, h]);
            }

            var sum = 0.0;
            for (var e = first; e < first + count; e++)
            {
                y[e, h] = Math.Exp(x[e, h] - greatest);
                sum += y[e, h];
            }

            for (var e = first; e < first + count; e++)
            {
                y[e, h] /= sum;
            }
        });
    }

    public void EdgeSoftmaxBackward(SparseOperand graph, MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool accumulate)
    {
        OperandCheck.Same(output, outputGradient);
        OperandCheck.Same(output, inputGradient);
        var patients = OperandCheck.Edges(graph, output);
        var (y, dy, dx) = (new Cells(output), new Cells(outputGradient), new Cells(inputGradient));
        ForEachRow(graph, patients, output.Columns, (first, count, h) =>
        {
            var sum = 0.0;
            for (var e = first; e < first + count; e++)
            {
                sum += y[e, h] * dy[e, h];
            }

            for (var e = first; e < first + count; e++)
            {
                dx.Put(e, h, y[e, h] * (dy[e, h] - sum), accumulate);
            }
        });
    }

    public void NodesToEdges(SparseOperand graph, EdgeSide side, MatrixView nodes, MatrixView edges, bool accumulate = false)
    {
        var patients = OperandCheck.NodesAndEdges(graph, side, nodes, edges);
        var (x, y) = (new Cells(nodes), new Cells(edges));
        var nodeCount = side == EdgeSide.Row ? graph.RowCount : graph.ColumnCount;
        for (var p = 0; p < patients; p++)
        {
            ForEachEdge(graph, (i, j, e) =>
            {
                for (var c = 0; c < nodes.Columns; c++)
                {
                    y.Put(((long)p * graph.EdgeCount) + e, c, x[((long)p * nodeCount) + (side == EdgeSide.Row ? i : j), c], accumulate);
                }
            });
        }
    }

    public void EdgesToNodes(SparseOperand graph, EdgeSide side, MatrixView edges, MatrixView nodes, bool accumulate = false)
    {
        var patients = OperandCheck.NodesAndEdges(graph, side, nodes, edges);
        var (x, y) = (new Cells(edges), new Cells(nodes));
        var nodeCount = side == EdgeSide.Row ? graph.RowCount : graph.ColumnCount;
        if (!accumulate)
        {
            Fill(nodes, 0);
        }

        for (var p = 0; p < patients; p++)
        {
            ForEachEdge(graph, (i, j, e) =>
            {
                for (var c = 0; c < nodes.Columns; c++)
                {
                    y[((long)p * nodeCount) + (side == EdgeSide.Row ? i : j), c] += x[((long)p * graph.EdgeCount) + e, c];
                }
            });
        }
    }

    private static void ForEachEdge(SparseOperand graph, Action<int, int, int> act)
    {
        for (var i = 0; i < graph.RowCount; i++)
        {
            for (var e = graph.Host.RowOffsets[i]; e < graph.Host.RowOffsets[i + 1]; e++)
            {
                act(i, graph.Host.ColumnIndices[e], e);
            }
        }
    }

    private static void ForEachRow(SparseOperand graph, int patients, int heads, Action<long, int, int> act)
    {
        for (var p = 0; p < patients; p++)
        {
            for (var i = 0; i < graph.RowCount; i++)
            {
                var first = graph.Host.RowOffsets[i];
                for (var h = 0; h < heads; h++)
                {
                    act(((long)p * graph.EdgeCount) + first, graph.Host.RowOffsets[i + 1] - first, h);
                }
            }
        }
    }
}
