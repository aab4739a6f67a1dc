namespace DigitalTwin.Cohorts.Tables;

/// <summary>A column a table must have.</summary>
/// <param name="Name">Name in the Parquet schema.</param>
/// <param name="Type"><see cref="string"/>, <see cref="double"/>, <see cref="float"/>, <see cref="short"/> or <see cref="byte"/>; never null.</param>
internal sealed record TableColumn(string Name, Type Type)
{
    // Text is held as string objects: a reference, a header and two bytes a character of a short id.
    private const int BytesOfText = 56;

    /// <summary>Bytes a value takes in memory.</summary>
    public int BytesInMemory =>
        Type == typeof(string) ? BytesOfText
        : Type == typeof(double) ? sizeof(double)
        : Type == typeof(float) ? sizeof(float)
        : Type == typeof(short) ? sizeof(short)
        : sizeof(byte);
}
