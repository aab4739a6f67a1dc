namespace DigitalTwin.Numerics.Autodiff.Checkpoints;

/// <summary>A checkpoint cannot be read, or does not belong to the model; nothing was changed. The message says where and why.</summary>
public sealed class CheckpointException(string message, Exception? cause = null) : Exception(message, cause);
