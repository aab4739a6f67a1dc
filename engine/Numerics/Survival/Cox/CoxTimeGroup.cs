namespace DigitalTwin.Numerics.Survival;

/// <summary>The sorted subjects of one stratum whose follow-up ends at one time: events in [Start, EventEnd), censored in [EventEnd, End).</summary>
internal readonly record struct CoxTimeGroup(double Time, int Stratum, bool OpensStratum, int Start, int EventEnd, int End);
