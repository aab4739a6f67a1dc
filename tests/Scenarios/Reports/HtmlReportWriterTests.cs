using System.Text;
using DigitalTwin.Scenarios.Reports;
using DigitalTwin.Tests.Scenarios.Results;

namespace DigitalTwin.Tests.Scenarios.Reports;

public sealed class HtmlReportWriterTests
{
    [Fact]
    public void Golden_TheSameResultGivesTheSameBytes()
    {
        var bytes = HtmlReportWriter.Write(SampleRun.Create());
        if (Environment.GetEnvironmentVariable("DIGITALTWIN_KEEP_REPORT") is { Length: > 0 } path)
        {
            File.WriteAllBytes(path, bytes);
        }

        Assert.Equal(Encoding.UTF8.GetString(HtmlReportWriter.Write(SampleRun.Create())), Encoding.UTF8.GetString(bytes));
    }
}
