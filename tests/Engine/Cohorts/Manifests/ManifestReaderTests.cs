using System.Text;
using DigitalTwin.Cohorts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Cohorts.Manifests;

public sealed class ManifestReaderTests
{
    private const string Head = "schema: digitaltwin/cohort/1\nid: a\ntitle: t\nprovenance: p\nlicence: l\ntimeOrigin: o\n";

    [Fact]
    public void ClosedForm_DefaultsAreTheDocumentedOnes()
    {
        var manifest = Read(Head + "variables:\n  - { name: age, type: continuous, unit: a }\nendpoints:\n  - { name: death }\n");
        var age = manifest.Variables.Single();
        Assert.Equal(("age", VariableRole.Covariate, "age"), (age.Label, age.Role, age.Name));
        Assert.Null(age.Range);
        Assert.Null(manifest.Layout);
        Assert.Equal("death", manifest.Endpoints.Single().Label);
        Assert.Equal(EventColumn.Event, manifest.Endpoints.Single().MaximumStatus);
    }

    [Fact]
    public void Error_EveryFaultWithLineAndColumn()
    {
        const string text = """
            schema: digitaltwin/cohort/2
            id: My Cohort
            title: t
            licence: l
            timeOrigin: o
            subject: { column: id }
            variables:
              - { name: 1age, type: continuous, unit: years }
              - { name: sex, type: categoric, levels: [f, m] }
              - { name: size, type: continuous, unit: mm, columnUnit: kg, range: [3, 1] }
              - { name: size, type: binary, unit: mm, lable: Size }
              - { name: grade, type: categorical, levels: [low, low], map: { "1": lo } }
              - 7
            endpoints:
              - { name: size, time: { column: t, unit: kg }, status: { column: s, codes: { "0": alive } } }
            rows: { subjects: -1, events: 1.5, observations: 0 }
            """;
        var faults = Assert.Throws<InvalidInputException>(() => Read(text)).Faults;
        Assert.Equal(
            [
                "1:1", "1:9", "2:5", "8:13", "8:43", "9:24", "10:59", "10:70", "11:5", "11:39", "11:43", "12:47", "12:53", "12:71", "13:5",
                "15:3", "15:44", "15:85", "16:19", "16:31",
            ],
            faults.Select(f => $"{f.Location.Line}:{f.Location.Column}"));
    }

    [Theory]
    [InlineData("variables:\n  - { name: age, type: continuous, unit: mcg }\n", "Did you mean 'ug'?")]
    [InlineData("variables:\n  - { name: age, type: continous, unit: a }\n", "Did you mean 'continuous'?")]
    [InlineData("variabels: []\n", "Did you mean 'variables'?")]
    [InlineData("variables:\n  - { name: subject, type: binary }\n", "name of the id column")]
    [InlineData("variables:\n  - { name: x, type: binary }\nendpoints:\n  - { name: x }\n", "names a variable and an endpoint")]
    [InlineData("variables:\n  - { name: x, type: binary }\n  - { name: x, type: binary }\n", "twice")]
    [InlineData("variables: &v []\n", "anchor")]
    public void Error_SaysWhatWasMeant(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => Read(Head + text)).Message, StringComparison.Ordinal);

    private static CohortManifest Read(string text) => ManifestReader.Read(Encoding.UTF8.GetBytes(text), "cohort.yaml");
}
