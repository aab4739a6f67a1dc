namespace DigitalTwin.Vocabulary;

/// <summary>Units a length of follow-up is stated in; lengths as in UCUM (month 30.4375 d, year 365.25 d).</summary>
public enum TimeUnit
{
    Day,
    Week,
    Month,
    Year,
}
