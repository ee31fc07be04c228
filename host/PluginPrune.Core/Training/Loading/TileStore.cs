using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Data;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>What the threads share: the pictures' labels, those pictures that are kept, and which cannot be read. Safe from every thread.</summary>
internal sealed class TileStore
{
    private readonly TrainingLoaderOptions _options;
    private readonly ImmutableArray<DatasetItem> _items;
    private readonly Tile?[] _kept;
    private readonly int[] _bad;
    private readonly Lock _passing = new();
    private long _keptBytes;

    public TileStore(ImmutableArray<DatasetItem> items, TrainingLoaderOptions options)
    {
        _options = options;
        _items =
        [
            .. items
                .Where(item => item.ClassIndex is not { } shown || options.Classes is not { } classes || classes.ToNetwork(shown) is not null)
                .Select(item => item with { Labels = Targets(item.Labels, options.Classes), ClassIndex = item.ClassIndex is { } shown ? options.Classes?.ToNetwork(shown) ?? shown : null }),
        ];
        if (_items.IsEmpty)
        {
            throw new TrainingException("There is nothing to learn from: no picture shows a class that the network knows.");
        }

        _kept = new Tile?[_items.Length];
        _bad = new int[_items.Length];
    }

    public int Count => _items.Length;

    public DatasetItem this[int index] => _items[index];

    public Tile? Find(int index) => Volatile.Read(ref _kept[index]);

    public bool IsBad(int index) => Volatile.Read(ref _bad[index]) != 0;

    /// <summary>Memory for a picture that is to be kept; null where there is no room for it.</summary>
    public byte[]? TryReserve(int bytes)
    {
        if (Interlocked.Add(ref _keptBytes, bytes) <= _options.CacheBytes)
        {
            return GC.AllocateUninitializedArray<byte>(bytes);
        }

        Interlocked.Add(ref _keptBytes, -bytes);
        return null;
    }

    /// <summary>Keeps a picture in memory that was reserved for it.</summary>
    public void Keep(int index, Tile tile)
    {
        if (Interlocked.CompareExchange(ref _kept[index], tile, null) is not null)
        {
            // Another thread was quicker with the same one.
            Interlocked.Add(ref _keptBytes, -tile.Array.Length);
        }
    }

    /// <summary>Passes a picture over, with one warning.</summary>
    /// <exception cref="InputException">It is not to be passed over.</exception>
    public void PassOver(int index, InputException fault)
    {
        if (_options.BadPictures is null)
        {
            throw fault;
        }

        lock (_passing)
        {
            if (_bad[index] == 0)
            {
                _options.BadPictures.PassOver(fault);
                Volatile.Write(ref _bad[index], 1);
            }
        }
    }

    private static ImmutableArray<ObjectLabel> Targets(ImmutableArray<ObjectLabel> labels, ClassMapping? classes)
    {
        ImmutableArray<ObjectLabel> clear = labels.RemoveAll(static label => label.IsCrowd || label.IsDifficult);
        return classes?.Apply(clear) ?? clear;
    }
}
