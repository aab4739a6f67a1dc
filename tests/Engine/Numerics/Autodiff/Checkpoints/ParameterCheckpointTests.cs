using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Autodiff.Checkpoints;
using DigitalTwin.Numerics.Compute.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Autodiff.Checkpoints;

public sealed class ParameterCheckpointTests : IDisposable
{
    private readonly ReferenceBackend _backend = new();

    public void Dispose() => _backend.Dispose();

    [Fact]
    public void Property_SavedAndLoaded_IsTheSameBitForBit()
    {
        float[] odd = [-0f, float.Epsilon, BitConverter.UInt32BitsToSingle(0x7FC12345), float.NegativeInfinity, 1f / 3, float.MaxValue];
        using var saved = Model(odd);
        using var loaded = Model(new float[6]);
        using var file = new MemoryStream();
        ParameterCheckpoint.Save(saved, file, new Dictionary<string, string> { ["model"] = "gcn" });
        file.Position = 0;
        Assert.Equal("gcn", ParameterCheckpoint.Load(loaded, file)["model"]);
        Assert.Equal(saved.Snapshot().Select(BitConverter.SingleToUInt32Bits), loaded.Snapshot().Select(BitConverter.SingleToUInt32Bits));
        using var again = new MemoryStream();
        ParameterCheckpoint.Save(loaded, again, new Dictionary<string, string> { ["model"] = "gcn" });
        Assert.Equal(file.ToArray(), again.ToArray());
    }

    [Fact]
    public void Error_AnotherArchitecture_NamesEveryDifferenceAndChangesNothing()
    {
        using var saved = Model([1, 2, 3, 4, 5, 6]);
        using var other = new ParameterSet(_backend);
        other.Add("encoder.weight", 3, 2, [9, 9, 9, 9, 9, 9]);
        other.Add("head.weight", 2, 1, [8, 8]);
        using var file = Saved(saved);
        var error = Assert.Throws<CheckpointException>(() => ParameterCheckpoint.Load(other, file));
        Assert.Equal(
            "The checkpoint is of another architecture: 'encoder.weight' is [2, 3], not [3, 2]; 'head.weight' [2, 1] is missing; 'encoder.bias' [1, 3] is unexpected. Make the model with the settings it was saved with.",
            error.Message);
        Assert.Equal([9f, 9f, 9f, 9f, 9f, 9f], other.Snapshot()[..6]);
        Assert.Equal([8f, 8f], other.Snapshot()[16..18]);
    }

    [Fact]
    public void Error_ManyDifferences_AreNamedToTenAndCounted()
    {
        using var saved = Model([1, 2, 3, 4, 5, 6]);
        using var other = new ParameterSet(_backend);
        for (var k = 0; k < 15; k++)
        {
            other.Add($"layer.{k}", 1, 1);
        }

        using var file = Saved(saved);
        var error = Assert.Throws<CheckpointException>(() => ParameterCheckpoint.Load(other, file));
        Assert.Contains("'layer.9' [1, 1] is missing; and 7 more.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'layer.10'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_TruncatedFile_ChangesNothing()
    {
        using var saved = Model([1, 2, 3, 4, 5, 6]);
        using var other = Model([7, 7, 7, 7, 7, 7]);
        using var file = Saved(saved);
        using var cut = new MemoryStream(file.ToArray()[..^4]);
        Assert.Throws<CheckpointException>(() => ParameterCheckpoint.Load(other, cut));
        Assert.Equal([7f, 7f, 7f, 7f, 7f, 7f], other.Snapshot()[..6]);
    }

    [Fact]
    public void Error_ParametersOfAnotherType_AreNamed()
    {
        using var model = Model(new float[6]);
        var archive = new TensorArchive();
        archive.Add(StoredTensor.Of("encoder.weight", new double[6], 2, 3));
        archive.Add(StoredTensor.Of("encoder.bias", new float[3], 1, 3));
        Assert.Contains("'encoder.weight' holds F64, not F32", Assert.Throws<CheckpointException>(() => ParameterCheckpoint.Match(model, archive)).Message, StringComparison.Ordinal);
    }

    private static MemoryStream Saved(ParameterSet parameters)
    {
        var file = new MemoryStream();
        ParameterCheckpoint.Save(parameters, file);
        file.Position = 0;
        return file;
    }

    private ParameterSet Model(float[] weight)
    {
        var set = new ParameterSet(_backend);
        set.Add("encoder.weight", 2, 3, weight);
        set.Add("encoder.bias", 1, 3);
        return set;
    }
}
