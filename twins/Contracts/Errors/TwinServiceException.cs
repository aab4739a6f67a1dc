namespace DigitalTwin.Contracts;

/// <summary>A request the twin service understood and refused. Sending it again unchanged gives the same answer.
/// Messages name studies, subjects and arms by id and never hold a value of a subject.</summary>
[GenerateSerializer]
[Alias("dt.TwinServiceException")]
public abstract class TwinServiceException(string message) : Exception(message);

/// <summary>The request itself cannot be carried out; the message says what to change.</summary>
[GenerateSerializer]
[Alias("dt.InvalidRequestException")]
public sealed class InvalidRequestException(string message) : TwinServiceException(message);

/// <summary>The request contradicts what the study already holds.</summary>
[GenerateSerializer]
[Alias("dt.StudyConflictException")]
public sealed class StudyConflictException(string message) : TwinServiceException(message);
