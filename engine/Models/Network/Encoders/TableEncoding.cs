using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>Covariates as one row a subject: standardised numbers, indicators of levels and of missing values, and embeddings of the numbers.</summary>
internal sealed class TableEncoding : IModalityEncoding, IStored
{
    private readonly CovariateEncoding _plain;
    private readonly NumericEmbedding _embedding;
    private readonly double _scale;

    private readonly string[] _variables;

    private TableEncoding(CovariateEncoding plain, NumericEmbedding embedding, double scale, string[] variables) =>
        (_plain, _embedding, _scale, _variables) = (plain, embedding, scale, variables);

    public string Name => "table";

    private int Width => _plain.Names.Count + _embedding.ColumnCount;

    /// <summary>Null where no covariate varies.</summary>
    public static TableEncoding? Fit(SubjectInputs training, NetworkLearnerOptions options)
    {
        var plain = CovariateEncoding.FitStandardized(training.Covariates);
        var perNumber = options.NumericEmbedding == NumericEmbeddingKind.Periodic ? 2 : 1;
        var added = Math.Max(1, training.Covariates.Count(c => c.Variable.IsNumeric)) * perNumber * Math.Max(1, options.SubjectsPerEmbedding);
        var size = Math.Min(options.NumericEmbeddingSize, training.Count / added);
        var embedding = NumericEmbedding.Fit(training.Covariates, size < 2 ? NumericEmbeddingKind.None : options.NumericEmbedding, size);
        return plain.Names.Count == 0 ? null : new TableEncoding(plain, embedding, options.NumericEmbeddingScale, [.. training.Covariates.Select(c => c.Variable.Name)]);
    }

    public void Write(ModelWriter writer)
    {
        _plain.Write(writer);
        _embedding.Write(writer);
        writer.Number(_scale);
        writer.Texts(_variables);
    }

    public static TableEncoding Read(ModelReader reader)
    {
        var plain = CovariateEncoding.Read(reader);
        var (embedding, scale, variables) = (NumericEmbedding.Read(reader, plain), reader.Number(), reader.Texts());
        reader.Require(
            Enumerable.Range(0, embedding.ColumnCount).All(c => (uint)embedding.SourceOf(c) < (uint)variables.Length), $"a number is embedded that is none of {variables.Length} covariates");
        return new TableEncoding(plain, embedding, scale, variables);
    }

    public ModalityNumbers Encode(SubjectInputs inputs)
    {
        var values = new float[inputs.Count * Width];
        var isPresent = new bool[inputs.Count];
        if (inputs.Covariates.Count == 0)
        {
            return new ModalityNumbers(values, 1, Width, isPresent);
        }

        var plain = _plain.Encode(inputs.Covariates, inputs.Count);
        var embedded = _embedding.Encode(inputs.Covariates, inputs.Count);
        var embeddedWidth = _embedding.ColumnCount;
        for (var i = 0; i < inputs.Count; i++)
        {
            var row = values.AsSpan(i * Width, Width);
            for (var f = 0; f < plain.FeatureCount; f++)
            {
                row[f] = (float)plain.Row(i)[f];
            }

            for (var f = 0; f < embeddedWidth; f++)
            {
                row[plain.FeatureCount + f] = (float)(_scale * embedded[(i * embeddedWidth) + f]);
            }

            isPresent[i] = inputs.Covariates.Any(c => !c.IsMissing(i));
        }

        return new ModalityNumbers(values, 1, Width, isPresent);
    }

    public FeatureName? NameOf(int row, int column)
    {
        var plain = _plain.Names.Count;
        var variable = column < plain ? CovariateNames.VariableOf(_plain.Names[column], _variables) : _embedding.SourceOf(column - plain);
        return new FeatureName(FeatureName.Covariates, variable < 0 ? _plain.Names[column] : _variables[variable]);
    }

    public ITokenEncoder CreateEncoder(LayerScope scope, NetworkLearnerOptions options) => new TableEncoder(scope, Width, options);
}
