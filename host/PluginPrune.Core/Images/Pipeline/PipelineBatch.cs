using System.Runtime.ExceptionServices;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Images.Pipeline;

/// <summary>A batch in the making. All but the elements of its input is guarded by the run's lock.</summary>
/// <typeparam name="T">What becomes of an item besides its part of the input.</typeparam>
/// <param name="first">The index of its first item.</param>
/// <param name="count">How many items it has.</param>
/// <param name="size">The size of its input.</param>
internal sealed class PipelineBatch<T>(int first, int count, PictureSize size)
    where T : class
{
    private int _finished;
    private int _faultyIndex = int.MaxValue;
    private ExceptionDispatchInfo? _fault;

    public int First => first;

    /// <summary>One after its last item.</summary>
    public int End => first + count;

    public PictureSize Size => size;

    /// <summary>Its input's elements, from its first item's beginning until it is done with.</summary>
    public float[]? Elements { get; set; }

    public T[] Items { get; private set; } = [];

    /// <summary>Items that somebody works on.</summary>
    public int Busy { get; set; }

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsSettled => _finished == count || (_fault is not null && Busy == 0);

    public long CountElements(int channels) => count * channels * size.Pixels;

    public Batch<float> ToInput(int channels) => new(count, new Shape(channels, size.Height, size.Width), Elements!);

    public Span<float> InputOf(int index)
    {
        int length = Elements!.Length / count;
        return Elements.AsSpan((index - first) * length, length);
    }

    /// <summary>Of several faults the first item's is told, whichever came first.</summary>
    public void Settle(int index, T? item, Exception? fault)
    {
        Busy--;
        if (item is not null)
        {
            Items = Items.Length == 0 ? new T[count] : Items;
            Items[index - first] = item;
            _finished++;
        }
        else if (index < _faultyIndex)
        {
            _faultyIndex = index;
            _fault = ExceptionDispatchInfo.Capture(fault!);
        }
    }

    public void ThrowIfFailed() => _fault?.Throw();

    /// <summary>Gives up what takes memory.</summary>
    /// <returns>The elements, to be used again.</returns>
    public float[]? Release()
    {
        float[]? elements = Elements;
        Elements = null;
        Items = [];
        return elements;
    }
}
