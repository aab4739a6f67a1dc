using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.LinearModels.Features;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.Courses;

/// <summary>What a course is regressed on: time itself, standardised covariates and the leading components of each layer, and their products with time.</summary>
internal sealed class CourseFeatures
{
    private readonly CovariateEncoding _covariates;
    private readonly (LayerEncoding Encoding, PrincipalComponents Components)[] _layers;

    private CourseFeatures(CovariateEncoding covariates, (LayerEncoding Encoding, PrincipalComponents Components)[] layers) => (_covariates, _layers) = (covariates, layers);

    /// <exception cref="UnlearnableException">Nothing varies.</exception>
    public static CourseFeatures Fit(SubjectInputs training, int componentCount, int threadCount)
    {
        var layers = new List<(LayerEncoding, PrincipalComponents)>();
        foreach (var layer in training.Layers)
        {
            var encoding = LayerEncoding.Fit(layer);
            if (encoding.Names.Count > 0 && componentCount > 0)
            {
                layers.Add((encoding, PrincipalComponents.Fit(layer.Layer.Name, encoding.Encode(layer), componentCount, threadCount)));
            }
        }

        var covariates = CovariateEncoding.FitStandardized(training.Covariates);
        return covariates.Names.Count + layers.Count > 0
            ? new CourseFeatures(covariates, [.. layers])
            : throw new UnlearnableException($"No covariate or layer varies among the {training.Count} training subjects: there is nothing to predict from.");
    }

    /// <summary>Features of a subject.</summary>
    public long Width => _covariates.Names.Count + _layers.Sum(l => (long)l.Components.Names.Count);

    public void Write(ModelWriter writer)
    {
        _covariates.Write(writer);
        writer.List(_layers, layer =>
        {
            layer.Encoding.Write(writer);
            layer.Components.Write(writer);
        });
    }

    public static CourseFeatures Read(ModelReader reader)
    {
        var covariates = CovariateEncoding.Read(reader);
        return new CourseFeatures(covariates, reader.List(() => ReadLayer(reader)));
    }

    private static (LayerEncoding Encoding, PrincipalComponents Components) ReadLayer(ModelReader reader)
    {
        var encoding = LayerEncoding.Read(reader);
        return (encoding, PrincipalComponents.Read(reader, encoding.Name, encoding.Names.Count));
    }

    /// <summary>Of subjects; a layer they lack is at its mean.</summary>
    public FeatureMatrix Encode(SubjectInputs inputs)
    {
        var parts = new List<FeatureMatrix> { _covariates.Encode(inputs.Covariates, inputs.Count) };
        foreach (var (encoding, components) in _layers)
        {
            var layer = inputs.Layers.FirstOrDefault(l => l.Layer.Name == encoding.Name);
            parts.Add(layer is null
                ? new FeatureMatrix(components.Names, new double[inputs.Count * components.Names.Count], inputs.Count)
                : components.Encode(encoding.Encode(layer)));
        }

        return FeatureMatrix.Join([.. parts]);
    }

    /// <summary>Three blocks of rows: how near the row is to each grid time, the features of the subject, and the same times the place in time, from -1 to 1.</summary>
    /// <param name="features">Of subjects.</param>
    /// <param name="rows">Subject of each row, and position on the grid, from 0.</param>
    /// <param name="times">Times of the grid.</param>
    public static IReadOnlyList<RowMajorMatrix> Blocks(FeatureMatrix features, IReadOnlyList<(int Subject, double Position)> rows, int times)
    {
        var width = features.FeatureCount;
        var (near, plain, timed) = (new double[rows.Count * times], new double[rows.Count * width], new double[rows.Count * width]);
        for (var r = 0; r < rows.Count; r++)
        {
            var row = features.Row(rows[r].Subject);
            var place = (2 * rows[r].Position / (times - 1)) - 1;
            for (var t = 0; t < times; t++)
            {
                near[(r * times) + t] = Math.Max(0, 1 - Math.Abs(rows[r].Position - t));
            }

            for (var f = 0; f < width; f++)
            {
                plain[(r * width) + f] = row[f];
                timed[(r * width) + f] = row[f] * place;
            }
        }

        return [new RowMajorMatrix(near, rows.Count, times), new RowMajorMatrix(plain, rows.Count, width), new RowMajorMatrix(timed, rows.Count, width)];
    }
}
