namespace DigitalTwin.Scenarios.Language.Expressions;

/// <summary>A checked expression that is true, false or missing for each subject.</summary>
/// <param name="Text">As the scenario writes it.</param>
/// <param name="Root">The tree.</param>
public sealed record ConditionExpression(string Text, Expression Root);

/// <summary>Truth in Kleene's three-valued logic: false and missing is false, true or missing is true,
/// every other combination with missing is missing.</summary>
public enum Truth : byte
{
    False,
    True,
    Missing,
}
