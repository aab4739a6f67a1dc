namespace DigitalTwin.Models.Storage;

/// <summary>Bytes are not a trained model, not one of this version, damaged, or contradict themselves. The message says where, what is there and what to do.</summary>
public sealed class ModelFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
