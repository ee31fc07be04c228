using System.Numerics;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>
/// Weights in the order in which a tile kernel reads them: [groups, tiles, depth, rows of a tile], with zeros where the last
/// tile of a group has rows that no channel fills.
/// </summary>
internal sealed class PackedWeights<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _rows;
    private readonly int _depth;

    public PackedWeights(ConvolutionGeometry geometry, int rows)
    {
        _rows = rows;
        _depth = geometry.Depth;
        TilesPerGroup = (geometry.GroupOutputs + rows - 1) / rows;
        long length = (long)geometry.Groups * TilesPerGroup * rows * _depth;
        if (length > Array.MaxLength)
        {
            throw new NotSupportedException($"A convolution with {length} packed weights is too large for the managed engine.");
        }

        Elements = new T[length];
        ReadOnlySpan<float> weights = geometry.Convolution.Weight.Floats;
        for (int channel = 0; channel < geometry.OutputChannels; channel++)
        {
            (int group, int row) = Math.DivRem(channel, geometry.GroupOutputs);
            int target = Offset(group, row / rows, 0) + (row % rows);
            foreach (float weight in weights.Slice(channel * _depth, _depth))
            {
                Elements[target] = T.CreateTruncating(weight);
                target += rows;
            }
        }
    }

    public T[] Elements { get; }

    public int TilesPerGroup { get; }

    /// <summary>Where a tile's weights from some depth on begin.</summary>
    public int Offset(int group, int tile, int depth) => ((((group * TilesPerGroup) + tile) * _depth) + depth) * _rows;
}
