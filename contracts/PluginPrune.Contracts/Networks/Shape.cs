using System.Collections.Immutable;
using System.Globalization;

namespace PluginPrune.Contracts.Networks;

/// <summary>
/// The extents of a tensor, or of a value that flows through a network. The shape of a value leaves the batch out:
/// a feature map is [channels, height, width], a vector [channels]. Axis 0 of a value is its channel axis.
/// </summary>
public readonly struct Shape : IEquatable<Shape>
{
    private readonly ImmutableArray<int> _dimensions;

    /// <summary>Creates a shape from its extents, outermost first.</summary>
    /// <param name="dimensions">The extents, each at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An extent is below 1, or their product exceeds 2^31 - 1.</exception>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        long count = 1;
        foreach (int extent in dimensions)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(extent, 1, nameof(dimensions));
            count *= extent;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, int.MaxValue, nameof(dimensions));
        }

        _dimensions = [.. dimensions];
    }

    /// <summary>The extents, outermost first.</summary>
    public ImmutableArray<int> Dimensions => _dimensions.IsDefault ? [] : _dimensions;

    /// <summary>How many axes there are.</summary>
    public int Rank => Dimensions.Length;

    /// <summary>The product of the extents, at least 1.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            foreach (int extent in Dimensions)
            {
                count *= extent;
            }

            return count;
        }
    }

    /// <summary>The extent of axis 0.</summary>
    public int Channels => Dimensions[0];

    /// <summary>The extent of axis 1 of a feature map, 1 of a vector.</summary>
    public int Height => Rank > 1 ? Dimensions[1] : 1;

    /// <summary>The extent of axis 2 of a feature map, 1 of a vector.</summary>
    public int Width => Rank > 2 ? Dimensions[2] : 1;

    /// <summary>The product of all extents but the first: how many elements a channel has.</summary>
    public int ElementsPerChannel => Count / Channels;

    /// <summary>The extent of one axis.</summary>
    /// <param name="axis">From 0 to <see cref="Rank"/> - 1.</param>
    public int this[int axis] => Dimensions[axis];

    /// <summary>Compares extent by extent.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Compares extent by extent.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The same shape with another number of channels.</summary>
    /// <param name="channels">At least 1.</param>
    public Shape WithChannels(int channels) => new([channels, .. Dimensions.AsSpan(1..)]);

    /// <inheritdoc />
    public bool Equals(Shape other) => Dimensions.AsSpan().SequenceEqual(other.Dimensions.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int extent in Dimensions)
        {
            hash.Add(extent);
        }

        return hash.ToHashCode();
    }

    /// <summary>The extents joined by ' x ', for instance '64 x 104 x 104'.</summary>
    public override string ToString() =>
        string.Join(" x ", Dimensions.Select(static extent => extent.ToString(CultureInfo.InvariantCulture)));
}
