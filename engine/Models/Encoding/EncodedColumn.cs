using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Encoding;

/// <summary>What one feature says of a variable.</summary>
internal enum EncodedPart
{
    Number,
    Level,
    Missing,
}

/// <summary>One feature made of one variable.</summary>
/// <param name="Source">Place of the variable among the covariates.</param>
/// <param name="Variable">The variable as training had it.</param>
/// <param name="Part">What the feature says.</param>
/// <param name="LevelIndex">Which level, for an indicator.</param>
/// <param name="Mean">Over the training subjects that have a value.</param>
/// <param name="Scale">Their standard deviation, positive.</param>
internal sealed record EncodedColumn(int Source, Variable Variable, EncodedPart Part, int LevelIndex, double Mean = 0, double Scale = 1)
{
    /// <summary>Standard deviations at which a number is cut.</summary>
    private const double Limit = 8;

    public string Name => Part switch
    {
        EncodedPart.Number => Variable.Name,
        EncodedPart.Level => $"{Variable.Name}={Variable.Levels[LevelIndex]}",
        _ => $"{Variable.Name} (missing)",
    };

    /// <summary>Bytes of a stored one at least.</summary>
    public const int LeastBytes = (4 * sizeof(int)) + (2 * sizeof(double));

    public void Write(ModelWriter writer)
    {
        writer.Int(Source);
        writer.Part(Variable);
        writer.Choice(Part);
        writer.Int(LevelIndex);
        writer.Number(Mean);
        writer.Number(Scale);
    }

    public static EncodedColumn Read(ModelReader reader)
    {
        var column = new EncodedColumn(
            reader.IntWithin(0, int.MaxValue, "the place of a covariate"), reader.Part<Variable>(), reader.Choice<EncodedPart>(), reader.Int(), reader.Number(), reader.Number());
        var (variable, isNumber) = (column.Variable, column.Part == EncodedPart.Number);
        reader.Require(column.Part == EncodedPart.Missing || isNumber == variable.IsNumeric, $"a {column.Part} is made of '{variable.Name}', which is {variable.Type}");
        reader.Require(
            column.Part != EncodedPart.Level || (uint)column.LevelIndex < (uint)variable.Levels.Count, $"'{variable.Name}' has {variable.Levels.Count} levels and level {column.LevelIndex} is asked for");
        return column;
    }

    /// <summary>With mean and scale of training; null where it does not vary.</summary>
    public EncodedColumn? Learn(Column column)
    {
        double sum = 0, squares = 0;
        var count = 0;
        for (var i = 0; i < column.Count; i++)
        {
            var value = Raw(column, i);
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        var mean = sum / count;
        for (var i = 0; i < column.Count; i++)
        {
            var value = Raw(column, i);
            squares += double.IsNaN(value) ? 0 : (value - mean) * (value - mean);
        }

        return count > 0 && squares > 0 ? this with { Mean = mean, Scale = Math.Sqrt(squares / count) } : null;
    }

    public double Value(Column column, int subject, bool isStandardized)
    {
        var raw = Raw(column, subject);
        return !isStandardized ? raw : double.IsNaN(raw) ? 0 : Math.Clamp((raw - Mean) / Scale, -Limit, Limit);
    }

    private double Raw(Column column, int subject) => Part switch
    {
        EncodedPart.Missing => column.IsMissing(subject) ? 1 : 0,
        EncodedPart.Number => ((NumericColumn)column).Values[subject],
        _ => column.IsMissing(subject) ? double.NaN : ((CategoricalColumn)column).Codes[subject] == LevelIndex ? 1 : 0,
    };
}
