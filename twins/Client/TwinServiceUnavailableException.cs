namespace DigitalTwin.Client;

/// <summary>The twin service did not answer in time. The outcome of the request is unknown; sending it again is safe.</summary>
public sealed class TwinServiceUnavailableException(string message, Exception cause) : Exception(message, cause);
