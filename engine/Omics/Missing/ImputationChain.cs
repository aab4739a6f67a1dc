using DigitalTwin.Numerics.Random;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Missing;

/// <summary>One imputation: its training values after the last round, and the regressions of that round.</summary>
internal sealed class ImputationChain
{
    private readonly ChainedImputationOptions _options;
    private readonly uint _number;
    private readonly string[] _features;
    private readonly double[][] _observed;
    private readonly ImputationModel[] _models;

    private ImputationChain(SubjectLayer training, ChainedImputationOptions options, int number)
    {
        _options = options;
        _number = (uint)number;
        _features = [.. training.Layer.Features];
        _observed = [.. Enumerable.Range(0, _features.Length).Select(training.Observed)];
        _models = new ImputationModel[_features.Length];
        Imputed = [];
    }

    /// <summary>Row-major, shape [training subjects, features].</summary>
    public float[] Imputed { get; private set; }

    public static ImputationChain Run(SubjectLayer training, ChainedImputationOptions options, int number)
    {
        var chain = new ImputationChain(training, options, number);
        var holes = new Holes(training);
        var values = chain.Started(holes);
        for (var iteration = 1; iteration <= options.IterationCount; iteration++)
        {
            for (var f = 0; f < chain._features.Length; f++)
            {
                var key = new StreamKey(options.Seed, StreamKey.HashOf(chain._features[f]), (uint)iteration, chain._number, RandomPurpose.ImputationModel);
                chain._models[f] = ImputationModel.Draw(values, f, holes.Observed(f), chain._features.Length, options, new RandomStream(key));
                chain.Fill(values, holes, f, iteration);
            }
        }

        chain.Imputed = ToFloats(values);
        return chain;
    }

    /// <summary>The values of other subjects, by the regressions of the last round.</summary>
    public float[] Impute(SubjectLayer layer)
    {
        var holes = new Holes(layer);
        var values = Started(holes);
        for (var iteration = 1; iteration <= _options.IterationCount; iteration++)
        {
            for (var f = 0; f < _features.Length; f++)
            {
                Fill(values, holes, f, iteration);
            }
        }

        return ToFloats(values);
    }

    private static float[] ToFloats(double[] values) => Array.ConvertAll(values, v => (float)v);

    /// <summary>Every hole gets a value that some training subject has.</summary>
    private double[] Started(Holes holes)
    {
        var values = holes.Values();
        for (var f = 0; f < _features.Length; f++)
        {
            foreach (var s in holes.Missing(f))
            {
                values[(s * _features.Length) + f] = _observed[f][Random(holes, s, f, 0).NextInt(_observed[f].Length)];
            }
        }

        return values;
    }

    private void Fill(double[] values, Holes holes, int feature, int iteration)
    {
        foreach (var s in holes.Missing(feature))
        {
            var row = values.AsSpan(s * _features.Length, _features.Length);
            row[feature] = _models[feature].Value(row, feature, Random(holes, s, feature, iteration));
        }
    }

    private RandomStream Random(Holes holes, int subject, int feature, int iteration) =>
        new(new StreamKey(_options.Seed, holes.Key(subject, feature), (uint)iteration, _number, RandomPurpose.ImputedValue));

    /// <summary>Which values of a layer are missing, and the random key of each.</summary>
    private sealed class Holes
    {
        private readonly SubjectLayer _layer;
        private readonly int[][] _missing;
        private readonly int[][] _observed;
        private readonly Dictionary<(int Subject, int Feature), ulong> _keys = [];

        public Holes(SubjectLayer layer)
        {
            _layer = layer;
            _missing = new int[layer.FeatureCount][];
            _observed = new int[layer.FeatureCount][];
            for (var f = 0; f < layer.FeatureCount; f++)
            {
                var feature = f;
                var sides = Enumerable.Range(0, layer.SubjectCount).ToLookup(s => float.IsNaN(layer.Layer.Row(s)[feature]));
                (_missing[f], _observed[f]) = ([.. sides[true]], [.. sides[false]]);
                foreach (var s in _missing[f])
                {
                    _keys[(s, f)] = StreamKey.HashOf($"{layer.Subjects[s]}\n{layer.Layer.Features[f]}");
                }
            }
        }

        public int[] Missing(int feature) => _missing[feature];

        public int[] Observed(int feature) => _observed[feature];

        public ulong Key(int subject, int feature) => _keys[(subject, feature)];

        /// <summary>Row-major, shape [subjects, features], NaN where missing.</summary>
        public double[] Values()
        {
            var values = new double[_layer.SubjectCount * _layer.FeatureCount];
            for (var s = 0; s < _layer.SubjectCount; s++)
            {
                var row = _layer.Layer.Row(s);
                for (var f = 0; f < row.Length; f++)
                {
                    values[(s * row.Length) + f] = row[f];
                }
            }

            return values;
        }
    }
}
