namespace DigitalTwin.Vocabulary;

/// <summary>Customary units of lengths, volumes and weights. One unit a line: code, flags, number, unit it is a multiple of.
/// Flags: <c>*</c> takes prefixes, <c>-</c> does not, <c>!</c> arbitrary: commensurable with nothing else.</summary>
/// <remarks>Facts from [UCUM] version 2.2 (codes and magnitudes only). UCUM is copyright 1999-2024 Regenstrief Institute, Inc., all rights
/// reserved; its licence and disclaimer of warranties: https://ucum.org/license. Checked against the published table in
/// tests/Engine/Vocabulary/Units/UcumPublishedCasesTests.cs.</remarks>
internal static class UcumCustomaryUnits
{
    /// <summary>Lengths and areas.</summary>
    public const string Lengths = """
        [in_i]         -   254e-2               cm
        [ft_i]         -   12                   [in_i]
        [yd_i]         -   3                    [ft_i]
        [mi_i]         -   5280                 [ft_i]
        [fth_i]        -   6                    [ft_i]
        [nmi_i]        -   1852                 m
        [kn_i]         -   1                    [nmi_i]/h
        [sin_i]        -   1                    [in_i]2
        [sft_i]        -   1                    [ft_i]2
        [syd_i]        -   1                    [yd_i]2
        [cin_i]        -   1                    [in_i]3
        [cft_i]        -   1                    [ft_i]3
        [cyd_i]        -   1                    [yd_i]3
        [bf_i]         -   144                  [in_i]3
        [cr_i]         -   128                  [ft_i]3
        [mil_i]        -   1e-3                 [in_i]
        [cml_i]        -   1                    [pi]/4.[mil_i]2
        [hd_i]         -   4                    [in_i]
        [ft_us]        -   1200                 m/3937
        [yd_us]        -   3                    [ft_us]
        [in_us]        -   1                    [ft_us]/12
        [rd_us]        -   16.5                 [ft_us]
        [ch_us]        -   4                    [rd_us]
        [lk_us]        -   1                    [ch_us]/100
        [rch_us]       -   100                  [ft_us]
        [rlk_us]       -   1                    [rch_us]/100
        [fth_us]       -   6                    [ft_us]
        [fur_us]       -   40                   [rd_us]
        [mi_us]        -   8                    [fur_us]
        [acr_us]       -   160                  [rd_us]2
        [srd_us]       -   1                    [rd_us]2
        [smi_us]       -   1                    [mi_us]2
        [sct]          -   1                    [mi_us]2
        [twp]          -   36                   [sct]
        [mil_us]       -   1e-3                 [in_us]
        [in_br]        -   2.539998             cm
        [ft_br]        -   12                   [in_br]
        [rd_br]        -   16.5                 [ft_br]
        [ch_br]        -   4                    [rd_br]
        [lk_br]        -   1                    [ch_br]/100
        [fth_br]       -   6                    [ft_br]
        [pc_br]        -   2.5                  [ft_br]
        [yd_br]        -   3                    [ft_br]
        [mi_br]        -   5280                 [ft_br]
        [nmi_br]       -   6080                 [ft_br]
        [kn_br]        -   1                    [nmi_br]/h
        [acr_br]       -   4840                 [yd_br]2
        """;

    /// <summary>Volumes.</summary>
    public const string Volumes = """
        [gal_us]       -   231                  [in_i]3
        [bbl_us]       -   42                   [gal_us]
        [qt_us]        -   1                    [gal_us]/4
        [pt_us]        -   1                    [qt_us]/2
        [gil_us]       -   1                    [pt_us]/4
        [foz_us]       -   1                    [gil_us]/4
        [fdr_us]       -   1                    [foz_us]/8
        [min_us]       -   1                    [fdr_us]/60
        [crd_us]       -   128                  [ft_i]3
        [bu_us]        -   2150.42              [in_i]3
        [gal_wi]       -   1                    [bu_us]/8
        [pk_us]        -   1                    [bu_us]/4
        [dqt_us]       -   1                    [pk_us]/8
        [dpt_us]       -   1                    [dqt_us]/2
        [tbs_us]       -   1                    [foz_us]/2
        [tsp_us]       -   1                    [tbs_us]/3
        [cup_us]       -   16                   [tbs_us]
        [foz_m]        -   30                   mL
        [cup_m]        -   240                  mL
        [tsp_m]        -   5                    mL
        [tbs_m]        -   15                   mL
        [gal_br]       -   4.54609              l
        [pk_br]        -   2                    [gal_br]
        [bu_br]        -   4                    [pk_br]
        [qt_br]        -   1                    [gal_br]/4
        [pt_br]        -   1                    [qt_br]/2
        [gil_br]       -   1                    [pt_br]/4
        [foz_br]       -   1                    [gil_br]/5
        [fdr_br]       -   1                    [foz_br]/8
        [min_br]       -   1                    [fdr_br]/60
        """;

    /// <summary>Weights.</summary>
    public const string Weights = """
        [gr]           -   64.79891             mg
        [lb_av]        -   7000                 [gr]
        [oz_av]        -   1                    [lb_av]/16
        [dr_av]        -   1                    [oz_av]/16
        [scwt_av]      -   100                  [lb_av]
        [lcwt_av]      -   112                  [lb_av]
        [ston_av]      -   20                   [scwt_av]
        [lton_av]      -   20                   [lcwt_av]
        [stone_av]     -   14                   [lb_av]
        [pwt_tr]       -   24                   [gr]
        [oz_tr]        -   20                   [pwt_tr]
        [lb_tr]        -   12                   [oz_tr]
        [sc_ap]        -   20                   [gr]
        [dr_ap]        -   3                    [sc_ap]
        [oz_ap]        -   8                    [dr_ap]
        [lb_ap]        -   12                   [oz_ap]
        [oz_m]         -   28                   g
        """;
}
