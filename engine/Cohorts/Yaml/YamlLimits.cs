namespace DigitalTwin.Cohorts.Yaml;

/// <summary>How large a YAML file may be. A scenario or a manifest is a page or two; more than this is a mistake or an attack.</summary>
public static class YamlLimits
{
    /// <summary>Longest text, in characters, and longest file, in bytes.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Deepest nesting of lists and mappings.</summary>
    public const int MaximumDepth = 32;

    /// <summary>Most nodes: scalars (keys included), lists and mappings.</summary>
    public const int MaximumNodeCount = 100_000;

    /// <summary>Reading stops after this many faults.</summary>
    public const int MaximumFaultCount = 100;
}
