namespace DigitalTwin.Cohorts.Tables;

/// <summary>Passes reads through and stops a reader that goes round in circles: damaged page headers make the Parquet reader do so.</summary>
internal sealed class MeteredStream(Stream inner) : Stream
{
    // A table is read once, column by column; the footer and page headers a few times more.
    private const int TimesOver = 4;
    private const long Allowance = 1 << 20;

    private long _left = (TimesOver * inner.Length) + Allowance;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <exception cref="InvalidDataException">Far more has been read than the file holds.</exception>
    public override int Read(Span<byte> buffer)
    {
        // A read that gives nothing costs too: it is what an endless loop at the end of the file does.
        var count = inner.Read(buffer);
        _left -= Math.Max(count, 1);
        return _left >= 0 ? count : throw new InvalidDataException("The reader went round in circles.");
    }

    /// <inheritdoc cref="Read(Span{byte})"/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc cref="Read(Span{byte})"/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush() => inner.Flush();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
