namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Turns the path of a bundle as written into a folder inside the scenario's folder.</summary>
internal static class BundlePath
{
    /// <param name="scenarioFolder">Absolute folder of the scenario file.</param>
    /// <param name="written">Relative path with forward slashes.</param>
    /// <param name="folder">The absolute folder, when the path may be used.</param>
    /// <returns>What is wrong and what to do, or null.</returns>
    public static string? Resolve(string scenarioFolder, string written, out string folder)
    {
        folder = string.Empty;
        if (written.Contains('\\', StringComparison.Ordinal) || written.Contains(':', StringComparison.Ordinal) || Path.IsPathRooted(written))
        {
            return "must be a relative path with forward slashes, such as 'bundles/gbsg'.";
        }

        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(scenarioFolder));
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(root, written)));
        if (!IsInside(root, full))
        {
            return "leads out of the scenario's folder. Put the bundle beside the scenario file or below it.";
        }

        // A link inside the folder may still point out of it.
        for (var part = full; part.Length > root.Length; part = Path.GetDirectoryName(part)!)
        {
            if (new DirectoryInfo(part) is { Exists: true, LinkTarget: not null } link
                && !IsInside(root, link.ResolveLinkTarget(returnFinalTarget: true)!.FullName))
            {
                return "is a link that leads out of the scenario's folder. Put the bundle itself there.";
            }
        }

        folder = full;
        return null;
    }

    private static bool IsInside(string root, string full) =>
        full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
