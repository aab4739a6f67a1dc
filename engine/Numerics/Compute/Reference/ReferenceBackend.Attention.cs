namespace DigitalTwin.Numerics.Compute.Reference;

/// <summary>Graph attention by its definition: all weights of a row, then sums.</summary>
public sealed partial class ReferenceBackend
{
    public void GraphAttention(in GraphAttentionArguments arguments)
    {
        var (patients, heads) = OperandCheck.Attention(arguments);
        var a = arguments;
        var (values, output, normalizer) = (new Cells(a.Values), new Cells(a.Output), new Cells(a.LogNormalizer));
        var width = a.Values.Columns / heads;
        Fill(a.Output, 0);
        ForEachHead(a.Graph, patients, heads, (p, i, h) =>
        {
            var row = ((long)p * a.Graph.RowCount) + i;
            var (scores, total) = Normalize(a.Graph, i, e => Score(a, p, i, e, h));
            normalizer[row, h] = total;
            for (var k = 0; k < scores.Length; k++)
            {
                var source = ((long)p * a.Graph.ColumnCount) + a.Graph.Host.ColumnIndices[a.Graph.Host.RowOffsets[i] + k];
                for (var c = h * width; c < (h + 1) * width; c++)
                {
                    output[row, c] += Math.Exp(scores[k] - total) * values[source, c];
                }
            }
        });
    }

    public void GraphAttentionBackward(in GraphAttentionArguments arguments, in GraphAttentionGradients gradients)
    {
        var (patients, heads) = OperandCheck.Attention(arguments, gradients);
        var (a, g) = (arguments, gradients);
        Clear(g.RowScores, g.AccumulateRowScores);
        Clear(g.ColumnScores, g.AccumulateColumnScores);
        Clear(g.Values, g.AccumulateValues);
        var (values, dOutput, dValues, scratch) = (new Cells(a.Values), new Cells(g.Output), new Cells(g.Values), new Cells(g.EdgeScratch));
        var (dRow, dColumn) = (new Cells(g.RowScores), new Cells(g.ColumnScores));
        var width = a.Values.Columns / heads;
        ForEachHead(a.Graph, patients, heads, (p, i, h) =>
        {
            var row = ((long)p * a.Graph.RowCount) + i;
            var first = a.Graph.Host.RowOffsets[i];
            var (scores, total) = Normalize(a.Graph, i, e => Score(a, p, i, e, h));
            var products = new double[scores.Length];
            var mean = 0.0;
            for (var k = 0; k < scores.Length; k++)
            {
                var source = ((long)p * a.Graph.ColumnCount) + a.Graph.Host.ColumnIndices[first + k];
                for (var c = h * width; c < (h + 1) * width; c++)
                {
                    products[k] += dOutput[row, c] * values[source, c];
                    dValues[source, c] += Math.Exp(scores[k] - total) * dOutput[row, c];
                }

                mean += Math.Exp(scores[k] - total) * products[k];
            }

            for (var k = 0; k < scores.Length; k++)
            {
                var source = ((long)p * a.Graph.ColumnCount) + a.Graph.Host.ColumnIndices[first + k];
                var slope = RawScore(a, p, i, first + k, h) > 0 ? 1 : (double)a.NegativeSlope;
                var gradient = Math.Exp(scores[k] - total) * (products[k] - mean) * slope;
                scratch[((long)p * a.Graph.EdgeCount) + first + k, h] = gradient;
                dRow[row, h] += gradient;
                dColumn[source, h] += gradient;
                if (g.EdgeScores is { } edgeScores)
                {
                    new Cells(edgeScores)[first + k, h] += gradient;
                }
            }
        });
    }

    public void DynamicGraphAttention(in DynamicGraphAttentionArguments arguments)
    {
        var (patients, heads) = OperandCheck.Attention(arguments);
        var a = arguments;
        var (columnSide, output, weights) = (new Cells(a.ColumnSide), new Cells(a.Output), new Cells(a.Weights));
        var width = a.ColumnSide.Columns / heads;
        Fill(a.Output, 0);
        ForEachHead(a.Graph, patients, heads, (p, i, h) =>
        {
            var first = a.Graph.Host.RowOffsets[i];
            var (scores, total) = Normalize(a.Graph, i, e => DynamicScore(a, p, i, e, h, width));
            for (var k = 0; k < scores.Length; k++)
            {
                var source = ((long)p * a.Graph.ColumnCount) + a.Graph.Host.ColumnIndices[first + k];
                var weight = Math.Exp(scores[k] - total);
                weights[((long)p * a.Graph.EdgeCount) + first + k, h] = weight;
                for (var c = h * width; c < (h + 1) * width; c++)
                {
                    output[((long)p * a.Graph.RowCount) + i, c] += weight * columnSide[source, c];
                }
            }
        });
    }

    public void DynamicGraphAttentionBackward(in DynamicGraphAttentionArguments arguments, in DynamicGraphAttentionGradients gradients)
    {
        var (patients, heads) = OperandCheck.Attention(arguments, gradients);
        var (a, g) = (arguments, gradients);
        Clear(g.RowSide, g.AccumulateRowSide);
        Clear(g.ColumnSide, g.AccumulateColumnSide);
        var (rowSide, columnSide, attention, weights) = (new Cells(a.RowSide), new Cells(a.ColumnSide), new Cells(a.Attention), new Cells(a.Weights));
        var (dOutput, dRow, dColumn, dAttention, scratch) = (new Cells(g.Output), new Cells(g.RowSide), new Cells(g.ColumnSide), new Cells(g.Attention), new Cells(g.EdgeScratch));
        var width = a.ColumnSide.Columns / heads;
        ForEachHead(a.Graph, patients, heads, (p, i, h) =>
        {
            var row = ((long)p * a.Graph.RowCount) + i;
            var (first, end) = (a.Graph.Host.RowOffsets[i], a.Graph.Host.RowOffsets[i + 1]);
            var mean = 0.0;
            for (var e = first; e < end; e++)
            {
                var source = ((long)p * a.Graph.ColumnCount) + a.Graph.Host.ColumnIndices[e];
                var edge = ((long)p * a.Graph.EdgeCount) + e;
                scratch[edge, h] = 0;
                for (var c = h * width; c < (h + 1) * width; c++)
                {
                    scratch[edge, h] += dOutput[row, c] * columnSide[source, c];
                    dColumn[source, c] += weights[edge, h] * dOutput[row, c];
                }

                mean += weights[edge, h] * scratch[edge, h];
            }

            for (var e = first; e < end; e++)
            {
                var source = ((long)p * a.Graph.ColumnCount) + a.Graph.Host.ColumnIndices[e];
                var edge = ((long)p * a.Graph.EdgeCount) + e;
                scratch[edge, h] = weights[edge, h] * (scratch[edge, h] - mean);
                for (var c = h * width; c < (h + 1) * width; c++)
                {
                    var sum = rowSide[row, c] + columnSide[source, c] + OfEdge(a, e, c);
                    dAttention[0, c] += scratch[edge, h] * ReferenceFunctions.Leaky(sum, a.NegativeSlope);
                    var gradient = scratch[edge, h] * attention[0, c] * (sum > 0 ? 1 : a.NegativeSlope);
                    dRow[row, c] += gradient;
                    dColumn[source, c] += gradient;
                    if (g.EdgeSide is { } edgeSide)
                    {
                        new Cells(edgeSide)[e, c] += gradient;
                    }
                }
            }
        });
    }

    private static double RawScore(in GraphAttentionArguments a, int patient, int row, int edge, int head)
    {
        var column = ((long)patient * a.Graph.ColumnCount) + a.Graph.Host.ColumnIndices[edge];
        var score = new Cells(a.RowScores)[((long)patient * a.Graph.RowCount) + row, head] + new Cells(a.ColumnScores)[column, head];
        return a.EdgeScores is { } edgeScores ? score + new Cells(edgeScores)[edge, head] : score;
    }

    private static double Score(in GraphAttentionArguments a, int patient, int row, int edge, int head) =>
        ReferenceFunctions.Leaky(RawScore(a, patient, row, edge, head), a.NegativeSlope);

    private static double DynamicScore(in DynamicGraphAttentionArguments a, int patient, int row, int edge, int head, int width)
    {
        var (rowSide, columnSide, attention) = (new Cells(a.RowSide), new Cells(a.ColumnSide), new Cells(a.Attention));
        var column = ((long)patient * a.Graph.ColumnCount) + a.Graph.Host.ColumnIndices[edge];
        var sum = 0.0;
        for (var c = head * width; c < (head + 1) * width; c++)
        {
            var raw = rowSide[((long)patient * a.Graph.RowCount) + row, c] + columnSide[column, c] + OfEdge(a, edge, c);
            sum += attention[0, c] * ReferenceFunctions.Leaky(raw, a.NegativeSlope);
        }

        return sum;
    }

    private static double OfEdge(in DynamicGraphAttentionArguments a, int edge, int feature) => a.EdgeSide is { } edgeSide ? new Cells(edgeSide)[edge, feature] : 0;

    private static (double[] Scores, double LogNormalizer) Normalize(SparseOperand graph, int row, Func<int, double> score)
    {
        var first = graph.Host.RowOffsets[row];
        var scores = new double[graph.Host.RowOffsets[row + 1] - first];
        var greatest = double.NegativeInfinity;
        for (var k = 0; k < scores.Length; k++)
        {
            scores[k] = score(first + k);
            greatest = Math.Max(greatest, scores[k]);
        }

        return (scores, scores.Length == 0 ? greatest : greatest + Math.Log(scores.Sum(s => Math.Exp(s - greatest))));
    }

    private static void ForEachHead(SparseOperand graph, int patients, int heads, Action<int, int, int> act)
    {
        for (var p = 0; p < patients; p++)
        {
            for (var i = 0; i < graph.RowCount; i++)
            {
                for (var h = 0; h < heads; h++)
                {
                    act(p, i, h);
                }
            }
        }
    }

    private void Clear(MatrixView view, bool keep)
    {
        if (!keep)
        {
            Fill(view, 0);
        }
    }
}
