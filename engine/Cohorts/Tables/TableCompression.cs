namespace DigitalTwin.Cohorts;

/// <summary>How the pages of a bundle's tables are compressed.</summary>
public enum TableCompression
{
    /// <summary>Zstandard: smallest and fast; the default.</summary>
    Zstd,

    /// <summary>Snappy, the most widely read.</summary>
    Snappy,

    /// <summary>DEFLATE.</summary>
    Gzip,

    /// <summary>Plain pages.</summary>
    None,
}
