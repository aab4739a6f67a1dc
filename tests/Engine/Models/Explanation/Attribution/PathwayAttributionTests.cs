using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Explanation.Attribution;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Pathways;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Explanation.Attribution;

public sealed class PathwayAttributionTests
{
    [Fact]
    public void ClosedForm_AGeneInTwoPathwaysCountsHalfInEach_AndAllAddsUp()
    {
        var attribution = new PredictionAttribution(
            new SubjectId("s"),
            [
                new(new FeatureName("rna", "A"), [4, 2]),
                new(new FeatureName("protein", "A"), [1, 1]),
                new(new FeatureName("rna", "B"), [-2, -4]),
                new(new FeatureName("rna", "LONE"), [0.5, 1.5]),
                new(new FeatureName(FeatureName.Covariates, "A"), [100, 100]),
            ],
            0, 0, 0, "stated");
        var sets = new PathwaySets([Set("one", "A"), Set("two", "A", "B"), Set("three", "C")]);

        var found = PathwayAttribution.Of(attribution, sets);

        Assert.Equal(["one", "two"], found.Pathways.Select(p => p.Set.Id).Order());
        var (one, two) = (found.Pathways.First(p => p.Set.Id == "one"), found.Pathways.First(p => p.Set.Id == "two"));
        Assert.Equal([2.5, 1.5], one.Contribution.Members);
        Assert.Equal([0.5, -2.5], two.Contribution.Members);
        Assert.Equal((1, 2), (one.GeneCount, two.GeneCount));
        Assert.Equal(1, found.Outside.Value);
        Assert.Equal(1.0 / (3 + 1 + 3 + 1), found.OutsideShare, 12);
        Assert.Equal(3 + 1 - 3 + 1, found.Pathways.Sum(p => p.Contribution.Value) + found.Outside.Value, 12);
    }

    private static GeneSet Set(string id, params string[] genes) => new(id, "", [.. genes.Select(g => new GeneSymbol(g))]);
}
