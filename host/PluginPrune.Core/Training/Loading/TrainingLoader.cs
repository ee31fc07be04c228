using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Decoding.Jpeg;
using PluginPrune.Core.Images.Pipeline;

namespace PluginPrune.Core.Training;

/// <summary>
/// Makes batches to learn from, on threads of its own, ahead of whoever trains. A sample depends on the seed, the epoch and its index
/// in the epoch alone: never on threads, on what is kept in memory, or on where an epoch was begun.
/// </summary>
/// <remarks>Epochs are read one after the other, by one thread.</remarks>
public sealed class TrainingLoader
{
    /// <summary>Places in pictures are kept in 16 bits before the point.</summary>
    private const int MostPixels = 1 << 14;

    private readonly TrainingLoaderOptions _options;
    private readonly NetworkInputWriter _writer;
    private readonly TileStore _store;

    /// <summary>Prepares a loader; no picture is read yet.</summary>
    /// <param name="items">The pictures with their labels, at least one.</param>
    /// <param name="options">How they become batches.</param>
    /// <exception cref="ArgumentException">There are no pictures, a count is below 1, or the input is too large.</exception>
    /// <exception cref="OptionException">The augmentation is out of its ranges.</exception>
    /// <exception cref="NetworkException">The preprocessing contradicts itself.</exception>
    public TrainingLoader(ImmutableArray<DatasetItem> items, TrainingLoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Ahead, 1);
        CheckSize(options.InputSize);
        options.Augmentation.Validate();
        if (items.IsDefaultOrEmpty)
        {
            throw new ArgumentException("There are no pictures to learn from.", nameof(items));
        }

        _options = options;
        _writer = new NetworkInputWriter(options.Preprocessing);
        _store = new TileStore(items, options);
    }

    /// <summary>The pictures of an epoch.</summary>
    public int SampleCount => _store.Count;

    /// <summary>The batches of an epoch, the last of which may be smaller.</summary>
    public int BatchCount => (int)(((long)_store.Count + _options.BatchSize - 1) / _options.BatchSize);

    /// <summary>An epoch's batches in their order. Threads start with the first batch that is asked for, and end with the last one, or when the enumeration is given up.</summary>
    /// <param name="epoch">Which, and from where on.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ArgumentException">The epoch has no such batch, or a batch's size is none.</exception>
    /// <exception cref="OptionException">The epoch's augmentation is out of its ranges.</exception>
    /// <exception cref="InputException">A picture cannot be read and is not to be passed over; the message names it.</exception>
    /// <exception cref="JpegLibraryException">There is a JPEG among them and libturbojpeg is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<TrainingBatch> Read(TrainingEpoch epoch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch.FirstBatch, nameof(epoch));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(epoch.FirstBatch, BatchCount, nameof(epoch));
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch.InUse, 1, nameof(epoch));
        Func<SampleMaker> newMaker = MakersOf(epoch);
        return Enumerate(epoch, Split(epoch), newMaker, cancellationToken);
    }

    /// <summary>Samples as pictures, to be looked at, made by the thread that asks for them.</summary>
    /// <param name="epoch">Which, and from where on.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The samples of <see cref="Read"/> in their order; pictures are the caller's.</returns>
    /// <inheritdoc cref="Read" path="/exception" />
    public IEnumerable<TrainingSample> Samples(TrainingEpoch epoch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        SampleMaker maker = MakersOf(epoch)();
        return Split(epoch).SelectMany(batch => Enumerable.Range(batch.First, batch.End - batch.First).Select(index =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            TrainingSample sample = maker.Make(index, batch.Size);
            return sample with { Picture = sample.Picture.Copy() };
        }));
    }

    private static void CheckSize(PictureSize size)
    {
        if (size.Width < 1 || size.Height < 1 || size.Width > MostPixels || size.Height > MostPixels)
        {
            throw new ArgumentException($"An input of {size} pixels cannot be made; its sides are 1 to {MostPixels}.", nameof(size));
        }
    }

    private IEnumerable<TrainingBatch> Enumerate(
        TrainingEpoch epoch, List<PipelineBatch<TrainingSample>> batches, Func<SampleMaker> newMaker, CancellationToken cancellationToken)
    {
        var counts = new PipelineCounts(_writer.Channels, _options.Threads, _options.Ahead, epoch.InUse);
        using var run = new PipelineRun<TrainingSample>(batches, counts, () => new SampleWorker(newMaker(), _writer), cancellationToken);
        for (int index = epoch.FirstBatch; run.Next() is { } batch; index++)
        {
            yield return new TrainingBatch(
                index,
                batch.ToInput(_writer.Channels),
                [.. batch.Items.Select(static sample => sample.Targets)],
                [.. batch.Items.Select(static sample => sample.Files)]);
        }
    }

    private Func<SampleMaker> MakersOf(TrainingEpoch epoch)
    {
        AugmentationSettings settings = epoch.Augmentation ?? _options.Augmentation;
        settings.Validate();
        int[] order = EpochOrder.Of(_store.Count, _options.Seed, epoch.Number, _options.Shuffles);
        return () => new SampleMaker(settings, order, epoch.Number, _store, _options);
    }

    private List<PipelineBatch<TrainingSample>> Split(TrainingEpoch epoch)
    {
        var batches = new List<PipelineBatch<TrainingSample>>();
        for (int index = epoch.FirstBatch; index < BatchCount; index++)
        {
            PictureSize size = epoch.SizeOf?.Invoke(index) ?? _options.InputSize;
            CheckSize(size);
            int first = index * _options.BatchSize;
            batches.Add(new PipelineBatch<TrainingSample>(first, Math.Min(_options.BatchSize, _store.Count - first), size));
        }

        return batches;
    }
}
