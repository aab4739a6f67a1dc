using System.Text.Json;
using System.Text.Json.Serialization;
using DigitalTwin.Models.Terms;

namespace DigitalTwin.Models.Penalized;

/// <summary>Reads and checks the bytes of a penalised twin model.</summary>
internal static class PenalizedTwinFormat
{
    public static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        MaxDepth = 16,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="InvalidDataException">Not a model of this kind and version, or inconsistent with itself.</exception>
    public static PenalizedTwinModel Read(ReadOnlySpan<byte> serialized)
    {
        PenalizedTwinParameters? parameters;
        try
        {
            parameters = JsonSerializer.Deserialize<PenalizedTwinParameters>(serialized, Json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("These bytes are not a penalised twin model. Train the study again.", e);
        }

        if (parameters is null || parameters.Format != PenalizedTwinParameters.CurrentFormat)
        {
            throw new InvalidDataException(
                $"The twin model has format {parameters?.Format}, this engine reads {PenalizedTwinParameters.CurrentFormat}. Train the study again.");
        }

        if (!IsConsistent(parameters))
        {
            throw new InvalidDataException("The twin model contradicts itself: array lengths do not match its terms. Train the study again.");
        }

        return new PenalizedTwinModel(parameters);
    }

    private static bool IsConsistent(PenalizedTwinParameters p)
    {
        var columns = p.Columns?.Count ?? -1;
        return p.Shapes?.Count == columns
            && p.Terms is not null && p.Terms.All(t => InRange(t.Column, columns) && (t.Kind == TermKind.Linear || InRange(t.Other, t.Kind == TermKind.Interaction ? columns : p.Shapes[t.Column].Knots.Length - 2)))
            && p.DeviationTerms is not null && p.DeviationTerms.All(d => InRange(d, p.Terms.Count))
            && p.Members is { Count: > 0 } && p.Members.All(m => IsConsistent(m, p))
            && p.Folds is not null && p.Folds.Values.All(f => p.Members.Any(m => m.Fold == f));
    }

    private static bool IsConsistent(TwinMember m, PenalizedTwinParameters p) =>
        m.Coefficients?.Length == p.Terms.Count
        && m.Deviations?.Length == p.DeviationTerms.Length
        && m.Control?.CumulativeHazard?.Length == p.GridDays?.Length
        && m.Treated?.CumulativeHazard?.Length == p.GridDays?.Length;

    private static bool InRange(int index, int count) => index >= 0 && index < count;
}
