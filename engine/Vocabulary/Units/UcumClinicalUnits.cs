namespace DigitalTwin.Vocabulary;

/// <summary>Units of medicine and the laboratory. One unit a line: code, flags, number, unit it is a multiple of.
/// Flags: <c>*</c> takes prefixes, <c>-</c> does not, <c>!</c> arbitrary: commensurable with nothing else.</summary>
/// <remarks>Facts from [UCUM] version 2.2 (codes and magnitudes only). UCUM is copyright 1999-2024 Regenstrief Institute, Inc., all rights
/// reserved; its licence and disclaimer of warranties: https://ucum.org/license. Checked against the published table in
/// tests/Engine/Vocabulary/Units/UcumPublishedCasesTests.cs.</remarks>
internal static class UcumClinicalUnits
{
    /// <summary>At the bedside.</summary>
    public const string Clinical = """
        m[H2O]         *   980665e-5            kPa
        m[Hg]          *   133.3220             kPa
        [in_i'H2O]     -   1                    m[H2O].[in_i]/m
        [in_i'Hg]      -   1                    m[Hg].[in_i]/m
        [PRU]          -   1                    mm[Hg].s/ml
        [wood'U]       -   1                    mm[Hg].min/L
        [diop]         -   1                    /m
        [mesh_i]       -   1                    /[in_i]
        [Ch]           -   1                    mm/3
        [drp]          -   1                    ml/20
        [hnsf'U]       -   1                    1
        [MET]          -   3.5                  mL/min/kg
        [hp_X]         -!  1                    1
        [hp_C]         -!  1                    1
        [hp_M]         -!  1                    1
        [hp_Q]         -!  1                    1
        [kp_X]         -!  1                    1
        [kp_C]         -!  1                    1
        [kp_M]         -!  1                    1
        [kp_Q]         -!  1                    1
        """;

    /// <summary>In the laboratory, with the arbitrary units of assays.</summary>
    public const string Laboratory = """
        eq             *   1                    mol
        osm            *   1                    mol
        g%             *   1                    g/dl
        [S]            -   1                    10*-13.s
        [HPF]          -   1                    1
        [LPF]          -   100                  1
        kat            *   1                    mol/s
        U              *   1                    umol/min
        [iU]           *!  1                    1
        [IU]           *   1                    [iU]
        [arb'U]        -!  1                    1
        [USP'U]        -!  1                    1
        [GPL'U]        -!  1                    1
        [MPL'U]        -!  1                    1
        [APL'U]        -!  1                    1
        [beth'U]       -!  1                    1
        [anti'Xa'U]    -!  1                    1
        [todd'U]       -!  1                    1
        [dye'U]        -!  1                    1
        [smgy'U]       -!  1                    1
        [bdsk'U]       -!  1                    1
        [ka'U]         -!  1                    1
        [knk'U]        -!  1                    1
        [mclg'U]       -!  1                    1
        [tb'U]         -!  1                    1
        [CCID_50]      -!  1                    1
        [TCID_50]      -!  1                    1
        [EID_50]       -!  1                    1
        [PFU]          -!  1                    1
        [FFU]          -!  1                    1
        [CFU]          -!  1                    1
        [IR]           -!  1                    1
        [BAU]          -!  1                    1
        [AU]           -!  1                    1
        [Amb'a'1'U]    -!  1                    1
        [PNU]          -!  1                    1
        [Lf]           -!  1                    1
        [D'ag'U]       -!  1                    1
        [FEU]          -!  1                    1
        [ELU]          -!  1                    1
        [EU]           -!  1                    1
        """;
}
