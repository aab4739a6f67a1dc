using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.Trees.Nodes;

/// <summary>What leaves say: each a vector of numbers of which most may be 0, kept as entries (slot, amount).</summary>
/// <param name="starts">Shape [leaves + 1]; where the entries of each leaf begin.</param>
/// <param name="slots">Shape [entries].</param>
/// <param name="amounts">Shape [entries].</param>
internal sealed class LeafTable(int[] starts, int[] slots, double[] amounts)
{
    public int LeafCount => starts.Length - 1;

    public int EntryCount => slots.Length;

    public void AddTo(int leaf, Span<double> sums)
    {
        for (var e = starts[leaf]; e < starts[leaf + 1]; e++)
        {
            sums[slots[e]] += amounts[e];
        }
    }

    /// <summary>The leaves of several tables, one table after another.</summary>
    public static LeafTable Concatenate(IReadOnlyList<LeafTable> tables)
    {
        var starts = new int[tables.Sum(t => t.LeafCount) + 1];
        var slots = new int[tables.Sum(t => t.EntryCount)];
        var amounts = new double[slots.Length];
        var (leaf, entry) = (0, 0);
        foreach (var table in tables)
        {
            var (theirStarts, theirSlots, theirAmounts) = table.Arrays();
            theirSlots.CopyTo(slots.AsSpan(entry));
            theirAmounts.CopyTo(amounts.AsSpan(entry));
            for (var k = 0; k < table.LeafCount; k++)
            {
                starts[leaf++] = entry + theirStarts[k];
            }

            entry += table.EntryCount;
        }

        starts[leaf] = entry;
        return new LeafTable(starts, slots, amounts);
    }

    public void Write(ModelWriter writer)
    {
        writer.Ints(starts);
        writer.Ints(slots);
        writer.Numbers(amounts);
    }

    /// <param name="reader">Where it stands.</param>
    /// <param name="width">Numbers a leaf speaks of.</param>
    public static LeafTable Read(ModelReader reader, int width)
    {
        var (starts, slots) = (reader.Ints(), reader.Ints());
        reader.Require(starts.Length > 0 && starts[0] == 0 && starts[^1] == slots.Length, $"leaves do not cover {slots.Length} entries");
        for (var k = 1; k < starts.Length; k++)
        {
            reader.Require(starts[k] >= starts[k - 1], $"leaf {k - 1} ends before it starts");
        }

        reader.Require(slots.All(s => (uint)s < (uint)width), $"a leaf speaks of more than {width} numbers");
        return new LeafTable(starts, slots, reader.Numbers(slots.Length, "amounts of leaves"));
    }

    private (int[] Starts, int[] Slots, double[] Amounts) Arrays() => (starts, slots, amounts);
}

/// <summary>Collects the leaves of one tree.</summary>
internal sealed class LeafWriter
{
    private readonly List<int> _starts = [0];
    private readonly List<int> _slots = [];
    private readonly List<double> _amounts = [];

    /// <summary>Adds an entry to the leaf that is being written.</summary>
    public void Add(int slot, double amount)
    {
        _slots.Add(slot);
        _amounts.Add(amount);
    }

    /// <summary>Ends the leaf.</summary>
    /// <returns>Its number.</returns>
    public int Close()
    {
        _starts.Add(_slots.Count);
        return _starts.Count - 2;
    }

    public LeafTable ToTable() => new([.. _starts], [.. _slots], [.. _amounts]);
}
