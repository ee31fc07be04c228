using PluginPrune.Contracts;
using PluginPrune.Core.Images.Decoding;

namespace PluginPrune.Core.Images.Pipeline;

/// <summary>Decodes pictures and fits them into the input.</summary>
/// <param name="options">How.</param>
/// <param name="writer">Writes the input.</param>
/// <param name="items">The pictures.</param>
internal sealed class PictureWorker(PicturePipelineOptions options, NetworkInputWriter writer, IReadOnlyList<PictureItem> items) : IPipelineWorker<PreparedPicture>
{
    private readonly WorkerMemory _memory = new();

    /// <summary>Items go together as long as they want inputs of one size.</summary>
    public static List<PipelineBatch<PreparedPicture>> Split(IReadOnlyList<PictureItem> items, PicturePipelineOptions options)
    {
        var batches = new List<PipelineBatch<PreparedPicture>>();
        int first = 0;
        for (int i = 1; i <= items.Count; i++)
        {
            PictureSize size = items[first].InputSize ?? options.InputSize;
            if (i == items.Count || i - first == options.BatchSize || (items[i].InputSize ?? options.InputSize) != size)
            {
                batches.Add(new PipelineBatch<PreparedPicture>(first, i - first, size));
                first = i;
            }
        }

        return batches;
    }

    public PreparedPicture Prepare(PipelineBatch<PreparedPicture> batch, int index)
    {
        PictureItem item = items[index];
        Span<float> target = batch.InputOf(index);
        var prepared = new PreparedPicture(index, item);
        _memory.Reset();
        try
        {
            Picture picture = PictureDecoder.Guard(item.Name, () =>
            {
                using Stream stream = item.Open();
                return PictureDecoder.Decode(_memory.ReadFile(stream), options.KeepsPictures ? PixelMemory.New : _memory);
            });
            PicturePlacement placement = options.Place?.Invoke(picture.Size, batch.Size)
                ?? PicturePlacement.Of(picture.Size, batch.Size, options.Preprocessing.Resize);
            writer.Write(picture, placement, target);
            return prepared with { Placement = placement, Picture = options.KeepsPictures ? picture : null };
        }
        catch (InputException error)
        {
            target.Clear();
            return prepared with { Error = error };
        }
    }
}
