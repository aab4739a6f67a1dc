namespace DigitalTwin.Scenarios.Results;

/// <summary>The scenario file that was run.</summary>
/// <param name="Title">Title as the scenario states it.</param>
/// <param name="FileName">Name of the file without its folder.</param>
/// <param name="Sha256">Hash of the file's bytes, 64 lower-case hexadecimal digits.</param>
public sealed record ScenarioIdentity(string Title, string FileName, string Sha256);

/// <summary>What computed the result.</summary>
/// <param name="Version">Version of the engine.</param>
/// <param name="Seed">Seed of every random stream.</param>
/// <param name="Device">Device asked for and used, e.g. <c>cpu</c>.</param>
public sealed record EngineIdentity(string Version, ulong Seed, string Device);
