using System.CommandLine;
using System.Globalization;

namespace DigitalTwin.Scenarios.Commands;

/// <summary>Checks of what is written on the command line, with messages that say what to write instead.</summary>
internal static class CommandLineText
{
    /// <summary>Refuses an empty path.</summary>
    public static Argument<string> NotEmpty(this Argument<string> argument)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && string.IsNullOrWhiteSpace(text))
            {
                result.AddError($"{argument.Name} is empty. Name a file or folder.");
            }
        });
        return argument;
    }

    /// <summary>Refuses an empty path.</summary>
    public static Option<T> NotEmpty<T>(this Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && string.IsNullOrWhiteSpace(text))
            {
                result.AddError($"{option.Name} is empty. Name a file or folder.");
            }
        });
        return option;
    }

    /// <summary>An option that takes a whole number within limits.</summary>
    /// <param name="name">Name with its dashes.</param>
    /// <param name="description">Words for the help.</param>
    /// <param name="minimum">Least value.</param>
    /// <param name="maximum">Largest value.</param>
    public static Option<long?> WholeNumber(string name, string description, long minimum, long maximum) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens is [var token] ? token.Value : string.Empty;
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
            {
                return value;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}', which is not a whole number from {minimum} to {maximum}."));
            return null;
        },
    };
}
