using System.Globalization;
using System.Text;
using DigitalTwin.ControlArms;

namespace DigitalTwin.Scenarios.Study.Methods;

/// <summary>Propensity scores of both arms as bars of text: what a designer needs to see when a run is refused.</summary>
internal static class OverlapPicture
{
    private const int Width = 30;

    public static string Of(OverlapAssessment overlap)
    {
        var most = Math.Max(1, Math.Max(overlap.TreatedCounts.Max(), overlap.ControlCounts.Max()));
        var picture = new StringBuilder();
        picture.Append(CultureInfo.InvariantCulture, $"  propensity   {"treated",Width} | control\n");
        for (var bin = 0; bin < overlap.TreatedCounts.Length; bin++)
        {
            var treated = Bar(overlap.TreatedCounts[bin], most);
            var control = Bar(overlap.ControlCounts[bin], most);
            picture.Append(
                CultureInfo.InvariantCulture,
                $"  {overlap.BinEdges[bin]:0.00}-{overlap.BinEdges[bin + 1]:0.00}  {treated,Width} | {control} {Counts(overlap, bin)}\n");
        }

        return picture.ToString().TrimEnd('\n');
    }

    private static string Bar(int count, int most) => new('#', (int)Math.Ceiling((double)Width * count / most));

    private static string Counts(OverlapAssessment overlap, int bin) => (overlap.TreatedCounts[bin], overlap.ControlCounts[bin]) is (0, 0)
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $"({overlap.TreatedCounts[bin]} | {overlap.ControlCounts[bin]})");
}
