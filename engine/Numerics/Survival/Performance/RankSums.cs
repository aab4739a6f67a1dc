namespace DigitalTwin.Numerics.Survival;

/// <summary>Weights by rank with fast partial sums: a binary indexed tree [Fenwick1994].</summary>
internal sealed class RankSums(int rankCount)
{
    private readonly double[] _tree = new double[rankCount + 1];
    private readonly double[] _at = new double[rankCount];
    private double _total;

    public void Add(int rank, double weight)
    {
        _at[rank] += weight;
        _total += weight;
        for (var node = rank + 1; node < _tree.Length; node += node & -node)
        {
            _tree[node] += weight;
        }
    }

    public double At(int rank) => _at[rank];

    /// <summary>Sum over ranks lower than this one.</summary>
    public double Below(int rank)
    {
        var sum = 0.0;
        for (var node = rank; node > 0; node -= node & -node)
        {
            sum += _tree[node];
        }

        return sum;
    }

    /// <summary>Sum over ranks higher than this one.</summary>
    public double Above(int rank) => _total - Below(rank) - _at[rank];
}
