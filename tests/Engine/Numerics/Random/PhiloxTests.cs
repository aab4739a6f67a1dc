using System.Globalization;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Tests.Engine.Numerics.Random;

public sealed class PhiloxTests
{
    public static TheoryData<string> KnownAnswers()
    {
        var data = new TheoryData<string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Reference", "philox", "philox4x32-10.csv")).Skip(1))
        {
            data.Add(line);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void Reference_KnownAnswers_MatchRandom123(string line)
    {
        var words = line.Split(',').Skip(1).Select(w => uint.Parse(w, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();

        var block = Philox4x32.Block(new PhiloxBlock(words[0], words[1], words[2], words[3]), words[4], words[5]);

        Assert.Equal(new PhiloxBlock(words[6], words[7], words[8], words[9]), block);
    }
}
