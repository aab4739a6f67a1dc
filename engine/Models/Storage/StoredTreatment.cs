using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Storage;

/// <summary>An arm of training with its drugs.</summary>
internal static class StoredTreatment
{
    public static void Write(Treatment treatment, ModelWriter writer)
    {
        writer.Text(treatment.Arm.Value);
        writer.List(treatment.Drugs, drug =>
        {
            writer.Text(drug.Drug);
            writer.Number(drug.RelativeDose);
            writer.List(drug.Targets, target =>
            {
                writer.Text(target.Gene);
                writer.Flag(target.Activates);
            });
        });
    }

    public static Treatment Read(ModelReader reader) => new(
        new ArmId(reader.Text()),
        reader.List(() => new DrugExposure(reader.Text(), reader.Finite("dose"), reader.List(() => new DrugTarget(reader.Text(), reader.Flag())))));
}
