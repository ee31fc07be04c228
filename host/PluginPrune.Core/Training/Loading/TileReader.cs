using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Data;
using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Decoding;
using PluginPrune.Core.Images.Pipeline;
using PluginPrune.Core.Images.Resizing;

namespace PluginPrune.Core.Training;

/// <summary>Reads pictures and brings them to the size that they have in the input. For one thread.</summary>
/// <param name="store">What all threads share.</param>
/// <param name="options">The input.</param>
internal sealed class TileReader(TileStore store, TrainingLoaderOptions options)
{
    private readonly WorkerMemory _memory = new();
    private byte[] _pixels = [];

    /// <summary>A picture, or the next one that can be read. It is gone with the next call, unless it is kept by the store.</summary>
    /// <exception cref="InputException">It cannot be read and is not to be passed over, or none can.</exception>
    public Tile Read(int index)
    {
        for (int i = 0; i < store.Count; i++)
        {
            int at = (index + i) % store.Count;
            if (store.Find(at) is { } kept)
            {
                return kept;
            }

            if (!store.IsBad(at) && TryRead(at) is { } tile)
            {
                return tile;
            }
        }

        throw new InputException(store[index].Name, null, $"neither this picture nor any of the {store.Count - 1} others can be read; there is nothing to learn from.");
    }

    private Tile? TryRead(int index)
    {
        DatasetItem item = store[index];
        try
        {
            _memory.Reset();
            Picture picture = PictureDecoder.Guard(item.Name, () =>
            {
                using Stream stream = item.Open();
                return PictureDecoder.Decode(_memory.ReadFile(stream), _memory);
            });
            return Make(index, item, picture);
        }
        catch (InputException fault)
        {
            store.PassOver(index, fault);
            return null;
        }
    }

    private Tile Make(int index, DatasetItem item, Picture picture)
    {
        PictureSize size = SizeOf(picture.Size);
        int bytes = Tile.ByteCount(size);
        byte[]? reserved = store.TryReserve(bytes);
        if (reserved is null && _pixels.Length < bytes)
        {
            _pixels = GC.AllocateUninitializedArray<byte>(bytes);
        }

        byte[] array = reserved ?? _pixels;
        var pixels = new Picture(size, array);
        var rows = ScaledRows.Of(picture, size, options.Preprocessing.Interpolation);
        for (int y = 0; y < size.Height; y++)
        {
            rows.Write(y, pixels.Row(y));
        }

        double scaleX = (double)size.Width / picture.Width;
        double scaleY = (double)size.Height / picture.Height;
        ImmutableArray<ObjectLabel> labels = [.. PixelLabels.Of(item, picture.Width, picture.Height).Select(label => label with { Box = label.Box.Scale(scaleX, scaleY) })];
        var tile = new Tile(item.Name, pixels, array, labels) { ClassIndex = item.ClassIndex };
        if (reserved is not null)
        {
            store.Keep(index, tile);
        }

        return tile;
    }

    /// <summary>As the preprocessing fits it into the input, but never a single line of pixels, between which nothing lies.</summary>
    private PictureSize SizeOf(PictureSize picture)
    {
        PictureSize scaled = PicturePlacement.Of(picture, options.InputSize, options.Preprocessing.Resize).Scaled;
        return new PictureSize(Math.Max(2, scaled.Width), Math.Max(2, scaled.Height));
    }
}
