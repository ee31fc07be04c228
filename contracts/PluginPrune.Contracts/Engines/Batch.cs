using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Engines;

/// <summary>A value for several pictures at once, row-major [pictures, channels, height, width].</summary>
/// <typeparam name="T">The precision: float or double.</typeparam>
public sealed class Batch<T>
    where T : unmanaged
{
    /// <summary>Takes the elements.</summary>
    /// <param name="size">How many pictures, at least 1.</param>
    /// <param name="shape">The shape of one picture's value.</param>
    /// <param name="elements">size * shape.Count elements.</param>
    /// <exception cref="ArgumentException">There are more or fewer elements.</exception>
    public Batch(int size, Shape shape, T[] elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        if (size < 1 || elements.Length != (long)size * shape.Count)
        {
            throw new ArgumentException(
                $"A batch of {size} x {shape} has {(long)size * shape.Count} elements; the array has {elements.Length}.", nameof(elements));
        }

        Size = size;
        Shape = shape;
        Elements = elements;
    }

    /// <summary>How many pictures.</summary>
    public int Size { get; }

    /// <summary>The shape of one picture's value.</summary>
    public Shape Shape { get; }

    /// <summary>All elements.</summary>
    public T[] Elements { get; }

    /// <summary>The elements of one picture.</summary>
    /// <param name="index">From 0 to <see cref="Size"/> - 1.</param>
    public Span<T> this[int index] => Elements.AsSpan(index * Shape.Count, Shape.Count);
}
