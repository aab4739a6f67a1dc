namespace DigitalTwin.Numerics.Compute;

/// <summary>One end of an edge of a sparse matrix.</summary>
public enum EdgeSide
{
    /// <summary>The node that receives: the row.</summary>
    Row,

    /// <summary>The node that sends: the column.</summary>
    Column,
}
