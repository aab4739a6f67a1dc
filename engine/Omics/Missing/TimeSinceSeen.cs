namespace DigitalTwin.Omics.Missing;

/// <summary>How long ago each variable was last measured before a visit: what a recurrent model decays by.</summary>
public static class TimeSinceSeen
{
    /// <returns>Row-major, shape [visits, variables], in the unit of the times. 0 at the first visit; then the time since the visit before, plus
    /// what had gathered there if the variable was not measured at that visit.</returns>
    /// <remarks>Source: [Che2018] equation 2.</remarks>
    public static double[] Of(VisitSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var since = new double[series.VisitCount * series.VariableCount];
        for (var v = 1; v < series.VisitCount; v++)
        {
            var step = series.Times[v] - series.Times[v - 1];
            for (var j = 0; j < series.VariableCount; j++)
            {
                var gathered = series.IsObserved(v - 1, j) ? 0 : since[((v - 1) * series.VariableCount) + j];
                since[(v * series.VariableCount) + j] = step + gathered;
            }
        }

        return since;
    }
}
