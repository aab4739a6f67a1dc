using System.Buffers.Binary;
using System.Text;
using DigitalTwin.Numerics.Autodiff.Checkpoints;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Autodiff.Checkpoints;

public sealed class TensorArchiveTests
{
    private static readonly uint[] Odd = [0x3F800000, 0x80000000, 0x7FC12345, 0x00000001, 0xFF800000, 0x7F800001];

    /// <summary>One, minus zero, a NaN with a payload, the smallest number, minus infinity, a signalling NaN.</summary>
    private static float[] OddNumbers => Array.ConvertAll(Odd, BitConverter.UInt32BitsToSingle);

    private static byte[] ByPython => Convert.FromHexString(ReferenceData.Table("checkpoints/checkpoint.csv").Text("file")[0]);

    [Fact]
    public void Reference_AFileByPython_IsReadBitForBit()
    {
        var archive = Read(ByPython);
        Assert.Equal(["step", "loss", "encoder.0.weight", "encoder.0.bias µ"], archive.Tensors.Select(t => t.Name));
        Assert.Equal([7, -(1L << 62)], archive.Get("step").ToInt64());
        Assert.Equal([0.1], archive.Get("loss").ToDoubles());
        Assert.Equal([2L, 3L], archive.Get("encoder.0.weight").Shape);
        Assert.Equal(Odd, archive.Get("encoder.0.weight").ToSingles().Select(BitConverter.SingleToUInt32Bits));
        Assert.Empty(archive.Get("encoder.0.bias µ").ToSingles());
        Assert.Equal("python \"struct\"", archive.Metadata["of"]);
    }

    [Fact]
    public void Reference_TheSameTensors_AreWrittenToTheBytesOfPython()
    {
        var archive = new TensorArchive();
        archive.Describe("of", "python \"struct\"");
        archive.Describe("format", "example");
        archive.Add(StoredTensor.Of("step", [7L, -(1L << 62)], 2));
        archive.Add(StoredTensor.Of("encoder.0.weight", OddNumbers, 2, 3));
        archive.Add(StoredTensor.Of("encoder.0.bias µ", ReadOnlySpan<float>.Empty, 1, 0));
        archive.Add(StoredTensor.Of("loss", [0.1], 1, 1));
        Assert.Equal(ByPython, Write(archive));
    }

    [Fact]
    public void Error_AFileCutAnywhere_IsRefusedAsTruncated()
    {
        var file = ByPython;
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Contains("truncated", Assert.Throws<CheckpointException>(() => Read(file[..length])).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Any byte of the header changed in any of a few ways gives an archive or a refusal, never another failure.</summary>
    [Fact]
    public void Property_AChangedHeader_IsReadOrRefused()
    {
        var file = ByPython;
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var refused = 0;
        for (var place = 0; place < 8 + headerLength; place++)
        {
            foreach (var change in new byte[] { 0x01, 0x02, 0x10, 0x80, 0xFF })
            {
                var changed = (byte[])file.Clone();
                changed[place] ^= change;
                try
                {
                    Read(changed);
                }
                catch (CheckpointException)
                {
                    refused++;
                }
            }
        }

        Assert.True(refused > headerLength);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "after the last tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,800]}}""", 8, "takes 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[200],"data_offsets":[0,800]}}""", 8, "of tensor 'a', 8 of 800 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "too many")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", 8, "too many")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,8]}}""", 8, "too many")]
    [InlineData("""{"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""", 8, "'F33'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", 8, "'a' twice")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "two entries 'dtype'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", 8, "unknown entry 'more'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "needs dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}}""", 8, "at most 8")]
    [InlineData("""{"a":[[[[[[]]]]]]}""", 0, "StartArray")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, "'x' of __metadata__")]
    [InlineData("""[1]""", 0, "StartObject")]
    [InlineData("""{"a":""", 0, "not the JSON")]
    [InlineData("""{} {}""", 0, "not the JSON")]
    public void Error_FaultyHeader_SaysWhere(string header, int dataBytes, string expected)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        Assert.Contains(expected, Assert.Throws<CheckpointException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_HugeHeader_IsRefusedBeforeAnyRoomIsMade()
    {
        var file = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(file, ulong.MaxValue / 2);
        Assert.Contains("not a checkpoint", Assert.Throws<CheckpointException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_HugeTensorInAShortFile_TakesNoRoomForIt()
    {
        var text = Encoding.UTF8.GetBytes("""{"a":{"dtype":"U8","shape":[2000000000],"data_offsets":[0,2000000000]}}""");
        var file = new byte[8 + text.Length + 4];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<CheckpointException>(() => Read(file));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20);
    }

    [Fact]
    public void Error_NumbersOfAnotherType_AreNotReinterpreted()
    {
        var error = Assert.Throws<CheckpointException>(() => Read(ByPython).Get("step").ToSingles());
        Assert.Equal("Tensor 'step' holds I64, and F32 is expected.", error.Message);
    }

    private static TensorArchive Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return TensorArchive.Read(stream);
    }

    private static byte[] Write(TensorArchive archive)
    {
        using var stream = new MemoryStream();
        archive.Write(stream);
        return stream.ToArray();
    }
}
