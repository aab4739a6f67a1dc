using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Storage;

/// <summary>A variable of training.</summary>
internal static class StoredVariable
{
    public static void Write(Variable variable, ModelWriter writer)
    {
        writer.Text(variable.Name);
        writer.Choice(variable.Type);
        writer.Choice(variable.Role);
        writer.Text(variable.Unit);
        writer.Text(variable.Label);
        writer.Flag(variable.Range is not null);
        if (variable.Range is { } range)
        {
            writer.Number(range.Minimum);
            writer.Number(range.Maximum);
        }

        writer.Texts(variable.Levels);
    }

    public static Variable Read(ModelReader reader)
    {
        var (name, type, role) = (reader.Text(), reader.Choice<VariableType>(), reader.Choice<VariableRole>());
        var (unit, label) = (reader.Text(), reader.Text());
        AllowedRange? range = reader.Flag() ? new AllowedRange(reader.Number(), reader.Number()) : null;
        return new Variable(name, type, role, unit, label, range, reader.Texts());
    }
}
