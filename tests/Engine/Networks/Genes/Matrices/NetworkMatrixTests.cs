using CsCheck;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Matrices;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Matrices;

public sealed class NetworkMatrixTests
{
    private static readonly Gen<(GeneNetwork Network, NodeOrder Order)> Ordered = RandomNetworks.Networks.SelectMany(
        n => Gen.Shuffle(Enumerable.Range(0, n.NodeCount).ToArray()).Select(order => (n, new NodeOrder(order))));

    [Fact]
    public void Property_RelationsAsMatricesAndBack_GiveEveryEdge()
    {
        Ordered.Sample(x =>
        {
            var matrices = NetworkMatrix.PerRelation(x.Network, x.Order, CellValue.Weight);
            var back = new List<string>();
            foreach (var m in matrices)
            {
                foreach (var (row, column, value, cell) in Cells(m))
                {
                    var (source, target) = (x.Order.NodeAt[column], x.Order.NodeAt[row]);
                    var relation = m.Relation!.Value;
                    Assert.Equal(relation, NetworkRelation.Of(x.Network.Edges[m.EdgeOf[cell]]));
                    if (relation.IsDirected || source < target)
                    {
                        back.Add($"{source} {target} {relation} {value}");
                    }
                }
            }

            Assert.Equal(
                x.Network.Edges.Select(e => $"{e.Source} {e.Target} {NetworkRelation.Of(e)} {(float)e.Weight}").Order(StringComparer.Ordinal),
                back.Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public void Property_TheWholeBothWays_IsSymmetric_WithACellForEachJoinedPair()
    {
        Ordered.Sample(x =>
        {
            var whole = NetworkMatrix.Whole(x.Network, x.Order);
            var cells = Cells(whole).Select(c => (c.Row, c.Column)).ToHashSet();
            Assert.All(cells, c => Assert.Contains((c.Column, c.Row), cells));
            Assert.Equal(
                x.Network.Edges.Select(e => (Math.Min(e.Source, e.Target), Math.Max(e.Source, e.Target))).Distinct().Count() * 2, whole.Matrix.EdgeCount);
        });
    }

    [Fact]
    public void Property_ReversedFlow_IsTheTranspose()
    {
        Ordered.Sample(x =>
        {
            var (asStated, reversed) = (
                NetworkMatrix.Whole(x.Network, x.Order, CellValue.SignedWeight, EdgeFlow.AsStated).Matrix,
                NetworkMatrix.Whole(x.Network, x.Order, CellValue.SignedWeight, EdgeFlow.Reversed).Matrix);
            var transpose = asStated.Transpose().Transpose;
            Assert.Equal(transpose.RowOffsets, reversed.RowOffsets);
            Assert.Equal(transpose.ColumnIndices, reversed.ColumnIndices);
            Assert.Equal(transpose.Values, reversed.Values);
        });
    }

    [Theory]
    [InlineData(CellValue.One, new float[] { 1, 1 })]
    [InlineData(CellValue.Weight, new float[] { 3, 2 })]
    [InlineData(CellValue.Sign, new float[] { 0, -1 })]
    [InlineData(CellValue.SignedWeight, new float[] { 2, -2 })]
    public void ClosedForm_CellsOfSeveralEdges_FollowTheirRule(CellValue value, float[] expected)
    {
        var builder = new GeneNetworkBuilder(conflicts: ConflictRule.KeepBoth);
        var (a, b, c) = (new GeneSymbol("A"), new GeneSymbol("B"), new GeneSymbol("C"));
        builder.AddEdge(a, b, EdgeType.Activation, EdgeSign.Positive, 3).AddEdge(a, b, EdgeType.Inhibition, EdgeSign.Negative, 1);
        builder.AddEdge(b, c, EdgeType.Inhibition, EdgeSign.Negative, 2);

        var matrix = NetworkMatrix.Whole(builder.Build(), null, value, EdgeFlow.AsStated).Matrix;

        Assert.Equal([0, 0, 1, 2], matrix.RowOffsets);
        Assert.Equal([0, 1], matrix.ColumnIndices);
        Assert.Equal(expected, matrix.Values ?? [1, 1]);
    }

    [Fact]
    public void Property_AnOrder_IsABijection_AndBackIsTheSame()
    {
        Ordered.Sample(x =>
        {
            foreach (var order in new[] { x.Order, LocalityOrder.ByDegree(x.Network), LocalityOrder.ReverseCuthillMcKee(x.Network) })
            {
                var values = Enumerable.Range(0, order.Count).ToArray();
                Assert.Equal(values, order.NodeAt.ToArray().Order());
                Assert.Equal(values, order.ToNodes<int>(order.ToRows<int>(values)));
                Assert.All(values, i => Assert.Equal(i, order.NodeAt[order.PlaceOf[i]]));
            }
        });
    }

    [Theory]
    [InlineData(new[] { 0, 0 }, "row 0 has already")]
    [InlineData(new[] { 0, 2 }, "is not one of 0 to 1")]
    [InlineData(new[] { -1, 0 }, "is not one of 0 to 1")]
    public void Error_WhatIsNoPermutation_IsRefused(int[] order, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new NodeOrder(order)).Message, StringComparison.Ordinal);

    [Fact]
    public void Error_NoEdgesOrAnOrderOfAnotherSize_IsRefused()
    {
        Assert.Throws<NoEdgesException>(() => NetworkMatrix.Whole(NetworkText.Of("A; B")));
        Assert.Throws<NoEdgesException>(() => NetworkMatrix.PerRelation(NetworkText.Of("A; B")));
        Assert.Throws<ArgumentException>(() => NetworkMatrix.Whole(NetworkText.Path(3), NodeOrder.Identity(2)));
    }

    private static IEnumerable<(int Row, int Column, float Value, int Cell)> Cells(NetworkMatrix network)
    {
        var m = network.Matrix;
        for (var i = 0; i < m.RowCount; i++)
        {
            for (var e = m.RowOffsets[i]; e < m.RowOffsets[i + 1]; e++)
            {
                yield return (i, m.ColumnIndices[e], m.Values?[e] ?? 1, e);
            }
        }
    }
}
