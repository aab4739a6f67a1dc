using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression.Penalized;

namespace DigitalTwin.Models.LinearModels.Features;

/// <summary>The leading principal components of standardised features, each of unit spread over the training subjects.</summary>
internal sealed class PrincipalComponents
{
    private readonly double[][] _directions;

    private PrincipalComponents(string name, double[][] directions)
    {
        _directions = directions;
        Names = [.. Enumerable.Range(1, directions.Length).Select(k => $"{name}:PC{k}")];
    }

    public IReadOnlyList<string> Names { get; }

    /// <param name="name">Of the layer.</param>
    /// <param name="training">Shape [subjects, features], columns of mean 0.</param>
    /// <param name="count">How many; fewer where the rank is smaller.</param>
    /// <param name="threadCount">Threads to use; nothing depends on it.</param>
    public static PrincipalComponents Fit(string name, FeatureMatrix training, int count, int threadCount)
    {
        var design = new BlockDesign([new RowMajorMatrix(training.Values, training.SubjectCount, training.FeatureCount)], threadCount);
        var basis = SingularBasis.Of(design, [1]);
        var directions = new double[Math.Min(count, basis.Rank)][];
        for (var k = 0; k < directions.Length; k++)
        {
            var unit = new double[basis.Rank];
            unit[k] = 1 / Math.Sqrt(basis.Eigenvalues[k] / training.SubjectCount);
            directions[k] = basis.Back(unit);
        }

        return new PrincipalComponents(name, directions);
    }

    public void Write(ModelWriter writer) => writer.Table(_directions);

    /// <param name="reader">Where they stand.</param>
    /// <param name="name">Of the layer.</param>
    /// <param name="featureCount">Features that they are read from.</param>
    public static PrincipalComponents Read(ModelReader reader, string name, int featureCount)
    {
        var directions = reader.Table();
        reader.Require(directions.All(d => d.Length == featureCount), $"components of the layer '{name}' are not of its {featureCount} features");
        return new PrincipalComponents(name, directions);
    }

    public FeatureMatrix Encode(FeatureMatrix features)
    {
        var values = new double[features.SubjectCount * _directions.Length];
        for (var i = 0; i < features.SubjectCount; i++)
        {
            var row = features.Row(i);
            for (var k = 0; k < _directions.Length; k++)
            {
                var sum = 0.0;
                for (var j = 0; j < row.Length; j++)
                {
                    sum += row[j] * _directions[k][j];
                }

                values[(i * _directions.Length) + k] = sum;
            }
        }

        return new FeatureMatrix(Names, values, features.SubjectCount);
    }

    /// <summary>Coefficients of the features that coefficients of the components amount to.</summary>
    /// <param name="coefficients">Shape [components].</param>
    public double[] Back(ReadOnlySpan<double> coefficients)
    {
        var slopes = new double[_directions.Length == 0 ? 0 : _directions[0].Length];
        for (var k = 0; k < _directions.Length; k++)
        {
            for (var j = 0; j < slopes.Length; j++)
            {
                slopes[j] += coefficients[k] * _directions[k][j];
            }
        }

        return slopes;
    }
}
