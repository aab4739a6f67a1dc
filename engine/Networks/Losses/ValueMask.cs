using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Networks.Losses;

/// <summary>Draws which values of a subject are hidden.</summary>
public static class ValueMask
{
    /// <summary>Hides a share of the values of one subject, at least one.</summary>
    /// <param name="key">Seed, subject and epoch (as the replicate): the same key hides the same values.</param>
    /// <param name="share">Between 0 and 1.</param>
    /// <param name="isHidden">Written: 1 where hidden, 0 where shown; shape [values].</param>
    public static void Draw(StreamKey key, float share, Span<float> isHidden)
    {
        if (!(share > 0f && share < 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share of hidden values lies between 0 and 1.");
        }

        if (isHidden.IsEmpty)
        {
            throw new ArgumentException("There are no values to hide.", nameof(isHidden));
        }

        var stream = new RandomStream(key with { Purpose = RandomPurpose.Masking });
        var hidden = Math.Clamp((int)Math.Round(share * (double)isHidden.Length, MidpointRounding.ToEven), 1, isHidden.Length);
        for (var k = 0; k < isHidden.Length; k++)
        {
            isHidden[k] = k < hidden ? 1f : 0f;
        }

        stream.Shuffle(isHidden);
    }
}
