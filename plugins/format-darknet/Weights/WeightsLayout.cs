using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Text;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>The tensors of a .weights file in their order, as the cfg asks for them.</summary>
internal sealed class WeightsLayout
{
    private readonly List<WeightsSlot> _slots = [];

    public IReadOnlyList<WeightsSlot> Slots => _slots;

    /// <summary>How many floats follow the header.</summary>
    public long Count { get; private set; }

    /// <summary>Takes the next place in the file.</summary>
    public WeightsSlot Add(CfgSection section, string role, params ReadOnlySpan<int> extents)
    {
        var slot = new WeightsSlot(section, role, new Shape(extents), Count);
        _slots.Add(slot);
        Count += slot.Count;
        return slot;
    }
}
