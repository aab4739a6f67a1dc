namespace DigitalTwin.Models;

/// <summary>The data cannot carry a twin model; the message says which number is too small and what to do.</summary>
public sealed class TwinTrainingException(string message, Exception? cause = null) : Exception(message, cause);
