using System.Globalization;
using System.Xml.Linq;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Vocabulary.Units;

/// <summary>The UCUM functional tests (2014-06-18 revision, the active cases of the Fhir.Metrics copy) and the published table 2.2.</summary>
public sealed class UcumPublishedCasesTests
{
    [Fact]
    public void Reference_UcumFunctionalTests_Validation()
    {
        var cases = Cases("validation");
        Assert.True(cases.Count >= 254, $"{cases.Count} cases");
        Assert.Empty(cases
            .Where(c => UcumUnit.TryParse(c.Attribute("unit")!.Value, out _) != (c.Attribute("valid")!.Value == "true"))
            .Select(c => c.ToString()));
    }

    [Fact]
    public void Reference_UcumFunctionalTests_Conversion()
    {
        var cases = Cases("conversion");
        Assert.Equal(10, cases.Count);
        Assert.Empty(cases
            .Where(c => UcumUnit.Convert(Number(c, "value"), c.Attribute("srcUnit")!.Value, c.Attribute("dstUnit")!.Value) != Number(c, "outcome"))
            .Select(c => c.ToString()));
    }

    [Fact]
    public void Reference_UcumEssence22_EveryRatioUnitHasThePublishedSize()
    {
        var root = XDocument.Load(Published("ucum/ucum-essence.xml")).Root!;
        var unitName = root.Name.Namespace + "unit";
        var published = root.Elements(unitName).Where(u => (string?)u.Attribute("class") != "typeset").ToList();
        Assert.True(published.Count > 280);
        foreach (var unit in published)
        {
            var code = unit.Attribute("Code")!.Value;
            var ours = UcumUnit.Parse(code);
            Assert.Equal((string?)unit.Attribute("isSpecial") == "yes", ours.IsSpecial);
            Assert.Equal((string?)unit.Attribute("isMetric") == "yes", UcumUnit.TryParse("k" + code, out _));
            var value = unit.Element(unitName.Namespace + "value")!;
            if (!ours.IsSpecial && (string?)unit.Attribute("isArbitrary") != "yes")
            {
                var definition = value.Attribute("Unit")!.Value;
                Assert.Equal(1, UcumUnit.Convert(1, code, definition) / Number(value, "value"), 1e-15);
            }
        }
    }

    private static List<XElement> Cases(string kind) =>
        [.. XDocument.Load(Published("ucum/ucum-tests.xml")).Root!.Elements(kind).Elements("case")];

    private static string Published(string file)
    {
        var path = ReferenceData.SharedPathOrNull(file);
        Assert.SkipUnless(path is not null, $"shared/data/{file} is not here.");
        return path!;
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
