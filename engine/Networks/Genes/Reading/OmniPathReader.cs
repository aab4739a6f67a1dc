using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Reads interactions of OmniPath. Two layouts are known: the table of its web service (<c>source</c>, <c>target</c>, their gene symbols,
/// <c>is_directed</c>, <c>is_stimulation</c>, <c>is_inhibition</c>, the consensus columns are not looked at), and the short signed one (<c>source</c>, <c>sign</c>, <c>target</c>).</summary>
/// <remarks>Source: [Turei2016]. Gene symbols are taken where the table has them, else UniProt accessions, which a catalog resolves. An edge with an effect has a
/// direction, whatever the table says of it; one that both stimulates and inhibits is a conflict, settled by <see cref="NetworkReadOptions.Conflicts"/>.</remarks>
public static class OmniPathReader
{
    private const int MostMembers = 64;

    /// <param name="text">Read to its end; not closed.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="complexes">What becomes of complexes, whose names join those of their members by underscores.</param>
    /// <exception cref="InvalidInputException">A column is not there, or a limit of <see cref="ReadLimits"/> is passed.</exception>
    public static NetworkReading Read(TextReader text, NetworkReadOptions? options = null, ComplexRule complexes = ComplexRule.Keep)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new NetworkReadOptions { SourceName = "OmniPath" };
        var table = new TableLines(text, options);
        var source = table.IndexOf("source_genesymbol") is >= 0 and var s ? s : table.Require("source");
        var target = table.IndexOf("target_genesymbol") is >= 0 and var t ? t : table.Require("target");
        var signs = new SignColumns(table);
        var intake = new EdgeIntake(options);
        while (table.Read(intake.Tally) is { } fields)
        {
            if (signs.Read(fields) is not { } stated)
            {
                intake.Refuse(FindingKind.MalformedLine, table.LineNumber, $"direction or sign cannot be read: {string.Join(' ', fields.Take(8))}");
                continue;
            }

            var (from, to) = (Members(fields[source], options.Catalog, complexes), Members(fields[target], options.Catalog, complexes));
            var isComplex = Count(intake, table.LineNumber, fields[source], options.Catalog) | Count(intake, table.LineNumber, fields[target], options.Catalog);
            if (isComplex && (complexes == ComplexRule.Drop || from.Count > MostMembers || to.Count > MostMembers))
            {
                intake.LeaveOut();
                continue;
            }

            foreach (var (one, other) in from a in @from from b in to select (a, b))
            {
                foreach (var sign in stated.Signs)
                {
                    intake.Offer(table.LineNumber, one, other, CellText.TypeOf(sign), sign, 1, options.SourceName, stated.IsDirected);
                }
            }
        }

        return intake.Finish(table.LineNumber);
    }

    private static bool IsComplex(string name, GeneCatalog? catalog) =>
        ComplexName.IsOne(name) && (catalog is null || catalog.Resolve(name).Kind == ResolutionKind.Unknown);

    private static bool Count(EdgeIntake intake, int line, string name, GeneCatalog? catalog)
    {
        var isComplex = IsComplex(name, catalog);
        if (isComplex)
        {
            intake.Tally.Add(FindingKind.ComplexNode, line, name);
        }

        return isComplex;
    }

    private static IReadOnlyList<string> Members(string name, GeneCatalog? catalog, ComplexRule rule) =>
        rule == ComplexRule.Expand && IsComplex(name, catalog) ? ComplexName.Members(name) : [name];

    // Where the table says whether an edge has a direction and a sign.
    private sealed class SignColumns
    {
        private readonly int _sign;
        private readonly int _directed;
        private readonly int _stimulation;
        private readonly int _inhibition;

        public SignColumns(TableLines table)
        {
            _sign = table.IndexOf("sign");
            _directed = table.IndexOf("is_directed");
            _stimulation = table.IndexOf("is_stimulation");
            _inhibition = table.IndexOf("is_inhibition");
            if (_sign < 0)
            {
                _ = (table.Require("is_directed"), table.Require("is_stimulation"), table.Require("is_inhibition"));
            }
        }

        public (EdgeSign[] Signs, bool IsDirected)? Read(List<string> fields)
        {
            if (_sign >= 0)
            {
                return CellText.TrySign(fields[_sign], out var sign) ? ([sign], true) : null;
            }

            if (!CellText.TryFlag(fields[_directed], out var isDirected)
                || !CellText.TryFlag(fields[_stimulation], out var stimulates)
                || !CellText.TryFlag(fields[_inhibition], out var inhibits))
            {
                return null;
            }

            EdgeSign[] signs = (stimulates, inhibits) switch
            {
                (true, true) => [EdgeSign.Positive, EdgeSign.Negative],
                (true, false) => [EdgeSign.Positive],
                (false, true) => [EdgeSign.Negative],
                _ => [EdgeSign.Unknown],
            };
            return (signs, isDirected || stimulates || inhibits);
        }
    }
}
