using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>The keys <c>horizon</c> and <c>class</c> of a section that asks about one number of a prediction.</summary>
internal static class QuantityBinder
{
    /// <summary>Time by which an event is asked about, or null.</summary>
    public static Duration? Horizon(BindingContext context, DocumentSection section, EvaluationTarget? target)
    {
        if (section.Duration("horizon") is not { } asked)
        {
            return null;
        }

        if (target is not null && target.Kind != EndpointKind.TimeToEvent)
        {
            context.Report(asked.Location, $"{section.PathOf("horizon")} is given, but the target is {Spelling.Of(target.Kind)} and has no time. Remove it.");
        }
        else if (asked.Value.Duration.Days <= 0 || (target?.Horizon is { } end && asked.Value.Duration > end))
        {
            context.Report(asked.Location, $"{section.PathOf("horizon")} must lie after day 0 and not after the target's horizon.");
        }

        return asked.Value.Duration;
    }

    /// <summary>Name of the class whose probability is asked for, or null.</summary>
    public static string? Class(BindingContext context, DocumentSection section, EvaluationTarget? target)
    {
        var level = section.Text("class");
        if (level is { } named && target is not null && target.Kind is not (EndpointKind.Categorical or EndpointKind.Ordinal))
        {
            context.Report(named.Location, $"{section.PathOf("class")} is given, but the target is {Spelling.Of(target.Kind)}. It is for multi-class and ordinal targets; remove it.");
        }

        return level?.Value;
    }
}
