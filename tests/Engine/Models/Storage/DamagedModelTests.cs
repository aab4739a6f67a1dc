using System.Security.Cryptography;
using CsCheck;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Omics.Faults;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Storage;

/// <summary>Bytes that are not what was written. Without the checksum, any of them must be refused; with a checksum that fits again, they must be refused too or be a model that
/// predicts: never another exception, never memory out of all proportion.</summary>
public sealed class DamagedModelTests
{
    private const int HeaderSize = 12;
    private const int HashSize = 32;

    /// <summary>Allocation that reading may come to: so many times the bytes, and this much besides for a network that is built to be compared.</summary>
    private const long AllocationPerByte = 60;
    private const long AllocationBesides = 2 << 20;

    private static readonly int[] s_extremes = [int.MaxValue, int.MinValue, -1, 0, 1, 2, 1 << 20, 65_536];

    public static TheoryData<string, EndpointKind> Models() => new()
    {
        { "baseline", EndpointKind.TimeToEvent },
        { "late-fused", EndpointKind.CompetingRisks },
        { "cox", EndpointKind.TimeToEvent },
        { "logistic", EndpointKind.Ordinal },
        { "boosted-trees", EndpointKind.Categorical },
        { "survival-forest", EndpointKind.CompetingRisks },
        { "network", EndpointKind.TimeToEvent },
        { "network-of-pathways", EndpointKind.Ordinal },
        { "rewired-network", EndpointKind.Longitudinal },
        { "course-twin", EndpointKind.Longitudinal },
        { "translated", EndpointKind.Binary },
        { "summarised-twin", EndpointKind.Binary },
        { "twin", EndpointKind.TimeToEvent },
        { "twin", EndpointKind.Continuous },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Error_AFlippedBit_ACutOrAnAddition_IsRefused(string name, EndpointKind kind)
    {
        var bytes = OutcomePredictorFormat.Write(StoredModels.Get(name, kind).Predictor);

        Gen.Int[0, (8 * bytes.Length) - 1].Sample(bit => Refuses(Flipped(bytes, bit)), iter: 100, threads: 1);
        Gen.Int[0, bytes.Length - 1].Sample(length => Refuses(bytes[..length]), iter: 100, threads: 1);
        Gen.Byte.Array[1, 40].Sample(more => Refuses([.. bytes, .. more]), iter: 20, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Property_AFlippedBitUnderAFittingChecksum_IsRefusedOrPredicts(string name, EndpointKind kind)
    {
        var (predictor, inputs) = StoredModels.Get(name, kind);
        var bytes = OutcomePredictorFormat.Write(predictor);

        Gen.Int[8 * HeaderSize, (8 * (bytes.Length - HashSize)) - 1].Sample(bit => IsRefusedOrPredicts(Resealed(Flipped(bytes, bit)), inputs), iter: 200, threads: 1);
    }

    // Counts, tags and indices are whole numbers of four bytes: the values most likely to lead somewhere else.
    [Theory]
    [MemberData(nameof(Models))]
    public void Property_AWholeNumberPutAnywhereUnderAFittingChecksum_IsRefusedOrPredicts(string name, EndpointKind kind)
    {
        var (predictor, inputs) = StoredModels.Get(name, kind);
        var bytes = OutcomePredictorFormat.Write(predictor);
        var number = Gen.OneOf(Gen.Int[0, s_extremes.Length - 1].Select(k => s_extremes[k]), Gen.Int[0, 90], Gen.Int);

        Gen.Select(Gen.Int[HeaderSize, bytes.Length - HashSize - 4], number).Sample(
            (place, value) => IsRefusedOrPredicts(Resealed(With(bytes, place, BitConverter.GetBytes(value))), inputs), iter: 200, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Property_APieceCopiedElsewhereUnderAFittingChecksum_IsRefusedOrPredicts(string name, EndpointKind kind)
    {
        var (predictor, inputs) = StoredModels.Get(name, kind);
        var bytes = OutcomePredictorFormat.Write(predictor);
        var place = Gen.Int[HeaderSize, bytes.Length - HashSize - 64];

        Gen.Select(place, place, Gen.Int[1, 64]).Sample(
            (from, to, length) => IsRefusedOrPredicts(Resealed(With(bytes, to, bytes[from..(from + length)])), inputs), iter: 100, threads: 1);
    }

    [Fact]
    public void Error_AnotherVersion_IsRefusedByBothVersions()
    {
        var bytes = OutcomePredictorFormat.Write(StoredModels.Get("baseline", EndpointKind.Binary).Predictor);

        var error = Assert.Throws<ModelFormatException>(() => OutcomePredictorFormat.Read(With(bytes, 8, BitConverter.GetBytes(77)), 1));

        Assert.Contains("version 77", error.Message, StringComparison.Ordinal);
        Assert.Contains($"version {OutcomePredictorFormat.Version}", error.Message, StringComparison.Ordinal);
        Assert.Contains("Train again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_OtherBytes_AreNotAModel() =>
        Assert.Contains("not a trained model", Assert.Throws<ModelFormatException>(() => OutcomePredictorFormat.Read("{\"Format\":1}"u8.ToArray(), 1)).Message, StringComparison.Ordinal);

    private static void Refuses(byte[] bytes) => Assert.Throws<ModelFormatException>(() => OutcomePredictorFormat.ReadAll(bytes, 1));

    private static void IsRefusedOrPredicts(byte[] bytes, SubjectInputs inputs)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        IOutcomePredictor? read = null;
        try
        {
            read = OutcomePredictorFormat.Read(bytes, 1);
        }
        catch (ModelFormatException)
        {
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= (AllocationPerByte * bytes.Length) + AllocationBesides, $"{allocated} bytes allocated for {bytes.Length}");
        try
        {
            if (read is not null and not NetworkPredictor { ResidualShare: not null })
            {
                read.Predict(inputs);
            }
        }
        catch (Exception e) when (e.GetType() == typeof(ArgumentException) || e is OmicsException)
        {
            // The names of features are in the bytes: other ones are refused as those of other subjects are.
        }
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        byte[] other = [.. bytes];
        other[bit / 8] ^= (byte)(1 << (bit % 8));
        return other;
    }

    private static byte[] With(byte[] bytes, int place, byte[] piece) => [.. bytes[..place], .. piece, .. bytes[(place + piece.Length)..]];

    private static byte[] Resealed(byte[] bytes) => [.. bytes[..^HashSize], .. SHA256.HashData(bytes.AsSpan(0, bytes.Length - HashSize))];
}
