namespace DigitalTwin.Networks.Genes.Reference;

/// <summary>Where a part of the reference network is from, and on what terms it may be used.</summary>
/// <param name="Part">The part.</param>
/// <param name="From">Data and package it was made from, with version.</param>
/// <param name="Licence">Licence of the package, and terms of the data inside where they have their own.</param>
/// <param name="Limits">What it cannot say.</param>
public sealed record ReferenceSource(string Part, string From, string Licence, string Limits)
{
    /// <summary>One for each part.</summary>
    public static IReadOnlyList<ReferenceSource> All { get; } =
    [
        new(
            "genes, aliases, UniProt accessions",
            "NCBI Gene and UniProt of September 2022, through Debian r-bioc-org.hs.eg.db 3.16.0-1",
            "Artistic-2.0 (package); NCBI Gene is in the public domain, UniProt is CC BY 4.0",
            "protein-coding genes with a GO term or a pathway; the package does not say which accessions are reviewed"),
        new(
            "GO gene sets and the co-annotation network",
            "Gene Ontology of July 2022, through Debian r-bioc-org.hs.eg.db 3.16.0-1 and r-bioc-go.db 3.16.0-1",
            "Artistic-2.0 (packages); Gene Ontology is CC BY 4.0",
            "two genes that share annotations need not touch; much studied genes have more annotations than others"),
        new(
            "KEGG gene sets",
            "KEGG pathway membership of 15 March 2011, as carried by Debian r-bioc-org.hs.eg.db 3.16.0-1",
            "Artistic-2.0 (package); for KEGG itself and later releases the terms of Kanehisa Laboratories hold, commercial use needs their licence",
            "as old as it says; identifiers only, names of pathways are not shipped"),
        new(
            "pathway footprints",
            "PROGENy, human, 100 genes a pathway, through Debian r-bioc-progeny 1.20.0",
            "Apache-2.0",
            "learnt from perturbed cell lines; a footprint is a response, its genes are not members of the pathway"),
        new(
            "signed signalling network",
            "written for this project from reviews and original papers, one citation for each edge",
            "Apache-2.0, as the project",
            "textbook steps without cell type or dose; complexes and small molecules are passed over as if their members acted directly; no second curator has checked the edges"),
    ];
}
