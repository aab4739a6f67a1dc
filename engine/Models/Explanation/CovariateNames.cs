namespace DigitalTwin.Models.Explanation;

/// <summary>Finds the variable behind an encoded feature: <c>grade=3</c> and <c>grade (missing)</c> are of <c>grade</c>.</summary>
internal static class CovariateNames
{
    /// <returns>Place of the variable; -1 where it is none of these.</returns>
    public static int VariableOf(string feature, IReadOnlyList<string> variables)
    {
        var found = -1;
        for (var v = 0; v < variables.Count; v++)
        {
            var name = variables[v];
            if (feature == name)
            {
                return v;
            }

            // The longest name wins: 'a' and 'a=b' may both be variables.
            var isOf = feature.StartsWith(name + "=", StringComparison.Ordinal) || feature == name + " (missing)";
            found = isOf && (found < 0 || name.Length > variables[found].Length) ? v : found;
        }

        return found;
    }
}
