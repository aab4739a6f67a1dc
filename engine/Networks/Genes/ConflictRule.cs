namespace DigitalTwin.Networks.Genes;

/// <summary>What becomes of two edges that agree in their ends and contradict each other in sign. Each is counted whatever the rule.</summary>
public enum ConflictRule
{
    /// <summary>One edge of unknown sign stands for both: that there is an effect is agreed, which is not.</summary>
    Unsigned,

    /// <summary>Neither stands.</summary>
    Drop,

    /// <summary>Both stand, each under its own sign: an effect can depend on what else goes on.</summary>
    KeepBoth,
}
