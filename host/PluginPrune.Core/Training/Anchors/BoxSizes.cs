using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>Finds how large the objects of a dataset are for a network.</summary>
public static class BoxSizes
{
    /// <summary>The sizes of all objects but crowds, in the dataset's order.</summary>
    /// <param name="dataset">The dataset. Where it does not say how large a picture is, the picture's header is read.</param>
    /// <param name="input">The network's input: boxes are as large as they are there.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="InputException">A picture cannot be read and is not to be passed over.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImmutableArray<BoxSize> Of(LoadedDataset dataset, NetworkInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(input);
        ImmutableArray<DatasetItem> items = dataset.Dataset.Items;
        var sizes = new ImmutableArray<BoxSize>[items.Length];
        try
        {
            Parallel.For(0, items.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => sizes[i] = SizesOn(items[i], input, dataset.BadPictures));
        }
        catch (AggregateException faults) when (faults.InnerException is InputException)
        {
            // Which of several came first is chance: the first picture's fault is told.
            throw faults.Flatten().InnerExceptions.OfType<InputException>().MinBy(static fault => fault.File, StringComparer.Ordinal)!;
        }

        return [.. sizes.SelectMany(static some => some)];
    }

    private static ImmutableArray<BoxSize> SizesOn(DatasetItem item, NetworkInput input, BadPictures bad)
    {
        if (item.Labels.IsEmpty)
        {
            return [];
        }

        PictureSize picture;
        try
        {
            picture = SizeOf(item);
        }
        catch (InputException fault)
        {
            bad.PassOver(fault);
            return [];
        }

        PictureTransform transform = PicturePlacement.Of(picture, new PictureSize(input.Shape.Width, input.Shape.Height), input.Preprocessing.Resize).Transform;
        return
        [
            .. PixelLabels.Of(item, picture.Width, picture.Height).Where(static label => !label.IsCrowd)
                .Select(label => new BoxSize(label.Box.Width * transform.ScaleX, label.Box.Height * transform.ScaleY)),
        ];
    }

    private static PictureSize SizeOf(DatasetItem item)
    {
        if (item is { ClaimedWidth: > 0, ClaimedHeight: > 0 })
        {
            return new PictureSize(item.ClaimedWidth.Value, item.ClaimedHeight.Value);
        }

        try
        {
            using Stream stream = item.Open();
            return PictureInfo.Read(stream, item.Name).Size;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(item.Name, null, $"the picture cannot be read: {error.Message}");
        }
    }
}
