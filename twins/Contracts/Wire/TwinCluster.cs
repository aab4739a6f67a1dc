namespace DigitalTwin.Contracts;

/// <summary>Names and numbers a silo and its clients must agree on.</summary>
public static class TwinCluster
{
    /// <summary>Orleans service id.</summary>
    public const string ServiceId = "digitaltwin";

    /// <summary>Orleans cluster id.</summary>
    public const string ClusterId = "digitaltwin";

    /// <summary>Loopback port <c>digitaltwin serve</c> listens at unless told otherwise.</summary>
    public const int DefaultGatewayPort = 30_230;
}
