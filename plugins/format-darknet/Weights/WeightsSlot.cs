using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Text;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>A tensor's place in a .weights file. Its elements come once all sections are known and the lengths agree.</summary>
/// <param name="section">The section that it belongs to.</param>
/// <param name="role">For instance 'gamma'.</param>
/// <param name="shape">The extents.</param>
/// <param name="offset">Where it begins, in floats after the header.</param>
internal sealed class WeightsSlot(CfgSection section, string role, Shape shape, long offset)
{
    private float[]? _elements;

    public CfgSection Section { get; } = section;

    public string Role { get; } = role;

    public Shape Shape { get; } = shape;

    public long Offset { get; } = offset;

    public int Count { get; } = shape.Count;

    /// <summary>The array that the reader fills.</summary>
    // Not cleared: every element is read, and zeroing 250 MB costs as much as reading it.
    public float[] Elements => _elements ??= GC.AllocateUninitializedArray<float>(Count);

    public Tensor ToTensor() => Tensor.FromFloats(Shape, Elements);
}
