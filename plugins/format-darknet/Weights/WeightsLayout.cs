using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Text;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>The tensors of a .weights file in their order, as the cfg asks for them.</summary>
internal sealed class WeightsLayout
{
    private readonly List<WeightsSlot> _slots = [];

    /// <param name="cutoff">How many layers the file holds; 0 for all.</param>
    public WeightsLayout(int cutoff) => Cutoff = cutoff;

    /// <summary>How many layers the file holds; 0 for all.</summary>
    public int Cutoff { get; }

    /// <summary>The tensors that the file holds.</summary>
    public IReadOnlyList<WeightsSlot> Slots => _slots;

    /// <summary>The tensors of the layers from <see cref="Cutoff"/> on, which the file does not hold.</summary>
    public List<WeightsSlot> Missing { get; } = [];

    /// <summary>How many floats follow the header.</summary>
    public long Count { get; private set; }

    /// <summary>Takes the next place in the file.</summary>
    public WeightsSlot Add(CfgSection section, string role, params ReadOnlySpan<int> extents)
    {
        if (Cutoff > 0 && section.Index >= Cutoff)
        {
            var missing = new WeightsSlot(section, role, new Shape(extents), Count + Missing.Sum(static other => (long)other.Count));
            Missing.Add(missing);
            return missing;
        }

        var slot = new WeightsSlot(section, role, new Shape(extents), Count);
        _slots.Add(slot);
        Count += slot.Count;
        return slot;
    }
}
