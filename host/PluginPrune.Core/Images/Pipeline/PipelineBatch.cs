using System.Runtime.ExceptionServices;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Images.Pipeline;

/// <summary>A batch in the making. All but the elements of its input is guarded by the run's lock.</summary>
/// <param name="first">The index of its first item.</param>
/// <param name="count">How many items it has.</param>
/// <param name="size">The size of its input.</param>
internal sealed class PipelineBatch(int first, int count, PictureSize size)
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

    public PreparedPicture[] Pictures { get; private set; } = [];

    /// <summary>Items that somebody works on.</summary>
    public int Busy { get; set; }

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsSettled => _finished == count || (_fault is not null && Busy == 0);

    /// <summary>Items go together as long as they want inputs of one size.</summary>
    public static List<PipelineBatch> Split(IReadOnlyList<PictureItem> items, PicturePipelineOptions options)
    {
        var batches = new List<PipelineBatch>();
        int first = 0;
        for (int i = 1; i <= items.Count; i++)
        {
            PictureSize size = items[first].InputSize ?? options.InputSize;
            if (i == items.Count || i - first == options.BatchSize || (items[i].InputSize ?? options.InputSize) != size)
            {
                batches.Add(new PipelineBatch(first, i - first, size));
                first = i;
            }
        }

        return batches;
    }

    public long CountElements(int channels) => count * channels * size.Pixels;

    public Batch<float> ToInput(int channels) => new(count, new Shape(channels, size.Height, size.Width), Elements!);

    public Span<float> InputOf(int index)
    {
        int length = Elements!.Length / count;
        return Elements.AsSpan((index - first) * length, length);
    }

    /// <summary>Of several faults the first item's is told, whichever came first.</summary>
    public void Settle(int index, PreparedPicture? picture, Exception? fault)
    {
        Busy--;
        if (picture is not null)
        {
            Pictures = Pictures.Length == 0 ? new PreparedPicture[count] : Pictures;
            Pictures[index - first] = picture;
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
        Pictures = [];
        return elements;
    }
}
