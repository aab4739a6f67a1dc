using DigitalTwin.Client;
using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Twins;

/// <summary>The example of docs/twins.md. A test runs it, and another holds the two texts together.</summary>
internal static class DocumentationExample
{
    public static async Task Run(int port, TextWriter output)
    {
        // docs/twins.md from here
        await using var client = await TwinClient.ConnectAsync(new TwinClientOptions { Port = port });

        var study = new StudyId("small");
        var summary = await client.SummarizeAsync(study);
        output.WriteLine($"{summary.SubjectCount} twins, model {summary.Training.Model?.Kind}");

        await foreach (var entry in client.Study(study).ListAsync())
        {
            var twin = new TwinKey(study, entry.Subject);
            var comparison = await client.CompareAsync(twin, [summary.Plan.ControlArm, summary.Plan.TreatedArm], Duration.From(2, TimeUnit.Year));
            var gained = comparison.Contrasts.Single(c => c.Measure == ContrastMeasure.RmstDifference);
            output.WriteLine($"{twin}: {gained.Value:0} days gained ({gained.Band.Lower:0} to {gained.Band.Upper:0})");
        }

        // to here
    }
}
