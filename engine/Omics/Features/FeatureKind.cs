namespace DigitalTwin.Omics.Features;

/// <summary>What the features of a layer are named by.</summary>
public enum FeatureKind
{
    /// <summary>HGNC gene symbol, such as <c>TP53</c>.</summary>
    GeneSymbol,

    /// <summary>Ensembl stable id of a gene, transcript or protein, such as <c>ENSG00000141510.18</c>.</summary>
    Ensembl,

    /// <summary>UniProt accession, such as <c>P04637</c>, isoform <c>P04637-2</c>.</summary>
    UniProt,

    /// <summary>miRBase name or accession, such as <c>hsa-miR-21-5p</c> or <c>MIMAT0000076</c>.</summary>
    MiRBase,

    /// <summary>Probe of a methylation array, such as <c>cg00000029</c>.</summary>
    CpG,

    /// <summary>Mass over charge, with the retention time where there is one, such as <c>180.0634@4.21</c>.</summary>
    MassToCharge,

    /// <summary>Operational taxonomic unit or amplicon variant, such as <c>OTU_0012</c> or <c>ASV7</c>.</summary>
    Otu,
}
