using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace DigitalTwin.Scenarios.Commands;

/// <summary>Checks of what is written on the command line, with messages that say what to write instead.</summary>
internal static class CommandLineText
{
    /// <summary>Refuses an empty path.</summary>
    public static Argument<T> NotEmpty<T>(this Argument<T> argument)
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

    /// <summary>Most threads a command may be told to use.</summary>
    public const int MaximumThreads = 1024;

    /// <summary>The option <c>--threads</c>.</summary>
    public static Option<long?> Threads() =>
        WholeNumber("--threads", "Threads to use; no result depends on it. By default as many as there are cores.", 1, MaximumThreads);

    /// <summary>An option that takes a whole number within limits.</summary>
    /// <param name="name">Name with its dashes.</param>
    /// <param name="description">Words for the help.</param>
    /// <param name="minimum">Least value.</param>
    /// <param name="maximum">Largest value.</param>
    public static Option<long?> WholeNumber(string name, string description, long minimum, long maximum) => new(name)
    {
        Description = description,
        CustomParser = result => ReadWholeNumber(result, name, minimum, maximum),
    };

    /// <summary>Reads a whole number within limits; null with an error on <paramref name="result"/> when it is none.</summary>
    public static long? ReadWholeNumber(ArgumentResult result, string name, long minimum, long maximum)
    {
        var text = result.Tokens is [var token] ? token.Value : string.Empty;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}', which is not a whole number from {minimum} to {maximum}."));
        return null;
    }
}
