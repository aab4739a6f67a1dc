using System.Globalization;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Twins;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Network;

/// <summary>What the embedded network does not know of a layer is said by the layer's name, with what to do, before anything is learnt.</summary>
public sealed class NetworkForesightTests
{
    private static readonly string[] s_genes = ["TP53", "EGFR", "MAPK1", "BRAF", "AKT1", "MTOR", "CDK4", "CDK6", "RB1", "E2F1"];

    private static readonly NetworkLearner s_learner = new(NetworkLearner.WithReferenceNetwork(new ReferenceNetwork()) with { MemberCount = 1, EpochCount = 1 });

    [Theory]
    [InlineData("hsa-miR-{0}-5p", "none is on it under any kind of name, and 2 (20 %) are enough. These are micro RNAs", "nothing is to be done.")]
    [InlineData("cg0000000{0}", "none is on it", "These are probes of a methylation array")]
    [InlineData("ENSG0000014151{0}.4", "none is on it", "These are Ensembl ids, which this network does not know: name the features by gene symbol (TP53) or UniProt accession (P04637)")]
    [InlineData("715{0}", "none is on it", "If these numbers are Entrez gene numbers, name the features by gene symbol")]
    [InlineData("{1}|{0}", "none is on it", "What stands before the first '|' in a name is on the network for 10 of 10: name the features by that alone")]
    [InlineData("rna_{1}", "none is on it", "What stands after the last '_' in a name is on the network for 10 of 10")]
    [InlineData("mass of {0}", "none is on it under any kind of name", "If they are genes or proteins, name them by gene symbol (TP53) or UniProt accession (P04637)")]
    public void Error_ALayerThatIsNotOnTheNetwork_IsNamedWithWhatToDo(string pattern, string found, string advice)
    {
        var names = Enumerable.Range(0, 10).Select(i => string.Format(CultureInfo.InvariantCulture, pattern, i, s_genes[i])).ToArray();
        var said = s_learner.Foresee(Inputs(names));

        Assert.Equal(2, said.Count);
        Assert.StartsWith($"Layer 'assay' is not laid on the gene network but read as a plain table: of its 10 features ('{names[0]}', '{names[1]}', '{names[2]}', ...) ", said[0], StringComparison.Ordinal);
        Assert.Contains(found, said[0], StringComparison.Ordinal);
        Assert.Contains(advice, said[0], StringComparison.Ordinal);
        Assert.StartsWith("No layer is laid on the gene network and no target of a drug is on it", said[1], StringComparison.Ordinal);
    }

    // The share is 20 %: two of ten are enough, one is not. Letters may be small, and accessions do as well as symbols.
    [Theory]
    [InlineData("TP53,EGFR,zz0,zz1,zz2,zz3,zz4,zz5,zz6,zz7", "is laid on the gene network by its gene symbols: 2 of 10 features are on it, and 8 that it does not know are read beside it ('zz0', 'zz1', 'zz2', ...)")]
    [InlineData("TP53,zz0,zz1,zz2,zz3,zz4,zz5,zz6,zz7,zz8", "not laid on the gene network but read as a plain table: of its 10 features ('TP53', 'zz0', 'zz1', ...) 1 is on it, read as gene symbols, and 2 (20 %) are enough")]
    [InlineData("P04637,P00533,zz0", "is laid on the gene network by its UniProt accessions: 2 of 3")]
    [InlineData("tp53,egfr,mapk1", null)]
    public void ClosedForm_TheShareThatMustBeOnTheNetwork(string names, string? expected)
    {
        var said = s_learner.Foresee(Inputs(names.Split(',')));
        Assert.Equal(expected is null, said.Count == 0);
        Assert.Contains(expected ?? "", string.Join(' ', said), StringComparison.Ordinal);
    }

    // What is foreseen is what training does: the report of the mapping counts the same features.
    [Fact]
    public void Property_TrainingLaysOnTheNetworkWhatWasForeseen()
    {
        var ids = MadeUpSubjects.Ids(60);
        var inputs = new SubjectInputs(ids, [], [Layer(ids, "rna", [.. s_genes, "zz0"]), Layer(ids, "other", ["zz1", "zz2"])]);
        var problem = new LearningProblem(inputs, new BinaryOutcome([.. ids.Select((_, i) => i % 2 == 0)]));
        var findings = MadeUpSubjects.With(context => s_learner.Fit(problem, context)).Findings;

        Assert.Contains(s_learner.Foresee(inputs), s => s.Contains("Layer 'rna' is laid on the gene network by its gene symbols: 10 of 11", StringComparison.Ordinal));
        Assert.Contains(s_learner.Foresee(inputs), s => s.Contains("Layer 'other' is not laid", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.StartsWith("rna: 10 of 11 features are on", StringComparison.Ordinal));
        Assert.DoesNotContain(findings, f => f.StartsWith("other:", StringComparison.Ordinal));
    }

    [Fact]
    public void Error_ARewiredNetworkWithNothingOnIt_ComparesNothing()
    {
        var (twin, rewired) = (StandardTwin.Of(1), StandardTwin.Of(1, isRewired: true));
        var covariates = new SubjectInputs(MadeUpSubjects.Ids(4), [], []);

        Assert.Empty(twin.Foresee(covariates));
        Assert.Contains("comparing the two says nothing. Leave it out.", Assert.Single(rewired.Foresee(covariates)), StringComparison.Ordinal);
        Assert.Contains(rewired.Foresee(Inputs(["zz1", "zz2"])), s => s.Contains("comparing the two says nothing", StringComparison.Ordinal));
        Assert.Empty(rewired.Foresee(Inputs(s_genes)));
    }

    private static SubjectInputs Inputs(string[] names)
    {
        var ids = MadeUpSubjects.Ids(4);
        return new SubjectInputs(ids, [], [Layer(ids, "assay", names)]);
    }

    private static SubjectLayer Layer(SubjectId[] ids, string name, string[] features) => MadeUpSubjects.Layer(name, ids, features, (i, f) => ((i * 7) + (f * 3)) % 11);
}
