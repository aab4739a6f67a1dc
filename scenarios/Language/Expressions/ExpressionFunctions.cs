namespace DigitalTwin.Scenarios.Language.Expressions;

/// <summary>The functions of the expression language: spelling and number of arguments.</summary>
public static class ExpressionFunctions
{
    private static readonly (string Name, ExpressionFunction Function, int Fewest, int Most)[] All =
    [
        ("log", ExpressionFunction.Log, 1, 1),
        ("sqrt", ExpressionFunction.Sqrt, 1, 1),
        ("abs", ExpressionFunction.Abs, 1, 1),
        ("min", ExpressionFunction.Min, 2, int.MaxValue),
        ("max", ExpressionFunction.Max, 2, int.MaxValue),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(f => f.Name)];

    public static bool TryParse(string name, out ExpressionFunction function)
    {
        var index = Array.FindIndex(All, f => f.Name == name);
        function = index < 0 ? default : All[index].Function;
        return index >= 0;
    }

    public static string NameOf(ExpressionFunction function) => Array.Find(All, f => f.Function == function).Name;

    /// <summary>Fewest and most arguments.</summary>
    public static (int Fewest, int Most) ArgumentCount(ExpressionFunction function)
    {
        var found = Array.Find(All, f => f.Function == function);
        return (found.Fewest, found.Most);
    }
}
