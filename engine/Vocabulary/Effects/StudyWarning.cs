namespace DigitalTwin.Vocabulary;

/// <summary>A doubt about a result that the reader of the report must see.</summary>
/// <param name="Code">Stable identifier, e.g. <c>low-effective-sample-size</c>.</param>
/// <param name="Message">A sentence with the number that raised it.</param>
/// <param name="MethodId">Method it belongs to, or null for the whole study.</param>
public sealed record StudyWarning(string Code, string Message, string? MethodId = null);
