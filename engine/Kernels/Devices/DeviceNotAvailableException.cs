namespace DigitalTwin.Kernels.Devices;

/// <summary>The device that was asked for is not there, or cannot be used. The message says which, why, and what to ask for instead.</summary>
public sealed class DeviceNotAvailableException(string message, Exception? cause = null) : Exception(message, cause);
