namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>How results reach memory.</summary>
internal enum StoreMode
{
    Write,

    /// <summary>Adds to what is there.</summary>
    Add,

    /// <summary>Past the caches: lines that will not be read soon do not push out those that will, and are not fetched before they are overwritten.</summary>
    Stream,
}

/// <summary>Which way to write.</summary>
internal static unsafe class StoreModes
{
    /// <summary>Outputs longer than this leave the caches before anyone reads them.</summary>
    private const long StreamedLength = 4 << 20;

    /// <summary>Streams large outputs whose registers lie on cache lines.</summary>
    public static StoreMode ForWriting(Rows output) =>
        output.Length >= StreamedLength && output.Stride % Lanes.Count == 0 && (nuint)output.Start % (Lanes.Count * sizeof(float)) == 0 ? StoreMode.Stream : StoreMode.Write;
}
