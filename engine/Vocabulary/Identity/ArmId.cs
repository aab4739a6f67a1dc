namespace DigitalTwin.Vocabulary;

/// <summary>Name of a trial arm as the scenario declares it.</summary>
public readonly record struct ArmId(string Value)
{
    public override string ToString() => Value;
}
