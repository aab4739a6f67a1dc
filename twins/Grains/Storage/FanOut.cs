namespace DigitalTwin.Grains;

/// <summary>One call to each of many grains, at most <see cref="Width"/> at a time.</summary>
internal static class FanOut
{
    /// <summary>Calls under way at once: enough to fill a storage transaction, few enough not to flood the message queue.</summary>
    public const int Width = 256;

    public static async Task ForEach<T>(IEnumerable<T> items, Func<T, Task> call)
    {
        foreach (var chunk in items.Chunk(Width))
        {
            await Task.WhenAll(chunk.Select(call));
        }
    }

    public static async Task<List<TResult>> Select<T, TResult>(IEnumerable<T> items, Func<T, Task<TResult>> call)
    {
        var results = new List<TResult>();
        foreach (var chunk in items.Chunk(Width))
        {
            results.AddRange(await Task.WhenAll(chunk.Select(call)));
        }

        return results;
    }
}
