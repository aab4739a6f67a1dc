using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>A design turned into its singular basis: X = Z V', the columns of Z orthogonal, as many as the rank. A ridge penalty on the coefficients of X
/// is the same penalty on those of Z, so that thousands of features become at most as many as there are subjects.</summary>
/// <remarks>Blocks of features that are held back more than others enter divided by the root of their factor, [VanDeWiel2021]. The smaller of the two
/// Gram matrices is taken apart, [Hastie2004]; what lies below 1e-14 of the largest eigenvalue is rounding and is left out.</remarks>
public sealed class SingularBasis
{
    private const double SmallestShare = 1e-14;

    private readonly BlockDesign _design;
    private readonly double[] _factors;

    /// <summary>V', where it came with the taking apart; else V = X' Z / eigenvalues is multiplied out when asked for.</summary>
    private readonly double[]? _directions;

    private SingularBasis(BlockDesign design, double[] factors, double[] eigenvalues, double[] coordinates, double[]? directions)
    {
        (_design, _factors, _directions) = (design, factors, directions);
        (RowCount, Eigenvalues, Coordinates) = (design.RowCount, eigenvalues, coordinates);
    }

    public int RowCount { get; }

    public int Rank => Eigenvalues.Length;

    /// <summary>Of X X', descending, shape [rank].</summary>
    public double[] Eigenvalues { get; }

    /// <summary>Z, row-major, shape [rows, rank].</summary>
    public double[] Coordinates { get; }

    /// <summary>Takes a design apart.</summary>
    /// <param name="design">The blocks with their Gram matrices.</param>
    /// <param name="penaltyFactors">Shape [blocks], positive: how much more than 1 the coefficients of each block are penalised.</param>
    /// <exception cref="ArgumentException">There is not one positive finite factor a block.</exception>
    public static SingularBasis Of(BlockDesign design, ReadOnlySpan<double> penaltyFactors)
    {
        ArgumentNullException.ThrowIfNull(design);
        if (penaltyFactors.Length != design.Blocks.Count)
        {
            throw new ArgumentException($"{penaltyFactors.Length} penalty factors for {design.Blocks.Count} blocks.", nameof(penaltyFactors));
        }

        foreach (var factor in penaltyFactors)
        {
            if (!(factor > 0) || !double.IsFinite(factor))
            {
                throw new ArgumentException($"A penalty factor is {factor}; each must be positive and finite.", nameof(penaltyFactors));
            }
        }

        return design.ColumnCount <= design.RowCount ? FromColumns(design, penaltyFactors) : FromRows(design, penaltyFactors);
    }

    /// <summary>Coefficients of the features as they were given: V times those of the basis, each divided by the root of its block's factor.</summary>
    /// <param name="coefficients">Shape [rank].</param>
    /// <returns>Shape [features], the blocks one after the other.</returns>
    public double[] Back(ReadOnlySpan<double> coefficients)
    {
        var features = new double[_design.ColumnCount];
        for (var k = 0; _directions is not null && k < Rank; k++)
        {
            DenseLoops.AddScaled(features, coefficients[k], _directions.AsSpan(k * features.Length, features.Length));
        }

        for (var i = 0; _directions is null && i < RowCount; i++)
        {
            var share = 0.0;
            for (var k = 0; k < Rank; k++)
            {
                share += Coordinates[(i * Rank) + k] * coefficients[k] / Eigenvalues[k];
            }

            for (var b = 0; b < _factors.Length; b++)
            {
                DenseLoops.AddScaled(Block(features, b), share / Math.Sqrt(_factors[b]), _design.Blocks[b].Row(i));
            }
        }

        for (var b = 0; b < _factors.Length; b++)
        {
            foreach (ref var feature in Block(features, b))
            {
                feature /= Math.Sqrt(_factors[b]);
            }
        }

        return features;
    }

    private Span<double> Block(double[] features, int block) =>
        features.AsSpan(_design.BlockStarts[block], _design.BlockStarts[block + 1] - _design.BlockStarts[block]);

    private static SingularBasis FromRows(BlockDesign design, ReadOnlySpan<double> factors)
    {
        var n = design.RowCount;
        var gram = new double[n * n];
        for (var b = 0; b < factors.Length; b++)
        {
            DenseLoops.AddScaled(gram, 1 / factors[b], design.RowGram(b));
        }

        var eigen = SymmetricEigen.Of(gram, n);
        var rank = RankOf(eigen.Values);
        var coordinates = new double[n * rank];
        for (var k = 0; k < rank; k++)
        {
            var root = Math.Sqrt(eigen.Values[k]);
            for (var i = 0; i < n; i++)
            {
                coordinates[(i * rank) + k] = root * eigen.Vectors[(k * n) + i];
            }
        }

        return new SingularBasis(design, factors.ToArray(), eigen.Values[..rank], coordinates, null);
    }

    private static SingularBasis FromColumns(BlockDesign design, ReadOnlySpan<double> factors)
    {
        var (n, p) = (design.RowCount, design.ColumnCount);
        var scaled = new double[n * p];
        for (var b = 0; b < factors.Length; b++)
        {
            var scale = 1 / Math.Sqrt(factors[b]);
            for (var i = 0; i < n; i++)
            {
                var row = design.Blocks[b].Row(i);
                for (var j = 0; j < row.Length; j++)
                {
                    scaled[(i * p) + design.BlockStarts[b] + j] = scale * row[j];
                }
            }
        }

        var eigen = SymmetricEigen.Of(GramMatrix.OfColumns(new RowMajorMatrix(scaled, n, p)), p);
        var rank = RankOf(eigen.Values);
        var coordinates = new double[n * rank];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < rank; k++)
            {
                coordinates[(i * rank) + k] = DenseLoops.Dot(scaled.AsSpan(i * p, p), eigen.Vectors.AsSpan(k * p, p));
            }
        }

        return new SingularBasis(design, factors.ToArray(), eigen.Values[..rank], coordinates, eigen.Vectors[..(rank * p)]);
    }

    private static int RankOf(double[] eigenvalues)
    {
        var rank = 0;
        while (rank < eigenvalues.Length && eigenvalues[rank] > SmallestShare * Math.Max(eigenvalues[0], double.Epsilon))
        {
            rank++;
        }

        return rank;
    }
}
