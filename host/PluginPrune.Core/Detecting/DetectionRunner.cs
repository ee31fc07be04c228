using System.Collections.Concurrent;
using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Crews;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>
/// Finds objects on pictures, which are read ahead of the engine. Where it can, it runs several at once; else one runs after the
/// other, and they are decoded and suppressed behind it. Needs no labels.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="heads">What its outputs mean.</param>
/// <param name="settings">How.</param>
public sealed class DetectionRunner(Network network, DetectionHeads heads, DetectionSettings settings)
{
    /// <summary>Whether results carry the pictures themselves, to be drawn on.</summary>
    public bool KeepsPictures { get; init; }

    /// <summary>Where a picture of a size goes in an input of a size.</summary>
    /// <value>The default, null, does as the network and the settings say.</value>
    public Func<PictureSize, PictureSize, PicturePlacement>? Place { get; init; }

    /// <summary>How many pictures are worked on behind the engine before it has to wait.</summary>
    private static int MostBehind => 2 * Environment.ProcessorCount;

    /// <summary>Finds objects. Nothing happens before the first result is asked for.</summary>
    /// <param name="engine">Runs the network.</param>
    /// <param name="items">The pictures.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One result a picture, in their order; one that cannot be read carries its error.</returns>
    /// <exception cref="EvaluationException">The network's input is no picture.</exception>
    /// <exception cref="NotSupportedException">The engine does not run the network.</exception>
    public IEnumerable<DetectedPicture> Run(IEngine engine, IReadOnlyList<PictureItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(items);
        if (engine is IParallelEngine parallel && CountThreads(parallel, items) is var threads and > 1)
        {
            // While one is run by each thread, the results of as many others may have to wait for one that takes longer.
            int inUse = 2 * threads;
            return EnumerateParallel(parallel, threads, NetworkPictures.Pipeline(network, settings, KeepsPictures, inUse, Place), inUse, items, cancellationToken);
        }

        return Enumerate(engine, NetworkPictures.Pipeline(network, settings, KeepsPictures, inUse: 1, Place), items, cancellationToken);
    }

    /// <summary>Batches are taken as a wish to run them whole, and of fewer pictures than threads some threads would have none.</summary>
    private int CountThreads(IParallelEngine engine, IReadOnlyList<PictureItem> items) =>
        settings.BatchSize == 1 && engine.Threads <= items.Count ? engine.Threads : 1;

    private IEnumerable<DetectedPicture> EnumerateParallel(
        IParallelEngine engine, int threads, PicturePipeline pipeline, int inUse, IReadOnlyList<PictureItem> items, CancellationToken cancellationToken)
    {
        IExecutable<float> executable = engine.CompileParallel(network);
        using var crew = new Crew<PictureBatch, DetectedPicture>("detection", threads, () => new ParallelDetection(executable, heads, settings), executable, cancellationToken);
        foreach (DetectedPicture found in crew.Do(pipeline.Read(items, cancellationToken), inUse))
        {
            yield return found;
        }
    }

    private IEnumerable<DetectedPicture> Enumerate(
        IEngine engine, PicturePipeline pipeline, IReadOnlyList<PictureItem> items, CancellationToken cancellationToken)
    {
        var idle = new ConcurrentBag<DetectionWorker>();
        var behind = new Queue<Task<DetectedPicture>>();
        using IExecutable<float> executable = engine.Compile(network);
        foreach (PictureBatch batch in pipeline.Read(items, cancellationToken))
        {
            ImmutableArray<Batch<float>> outputs = batch.Pictures.All(static picture => picture.Error is not null)
                ? []
                : executable.Run([batch.Input], heads.Values, cancellationToken);
            for (int i = 0; i < batch.Pictures.Length; i++)
            {
                (PreparedPicture picture, int place) = (batch.Pictures[i], i);
                behind.Enqueue(Task.Run(() => Finish(picture, outputs, place, idle), cancellationToken));
            }

            while (behind.Count > MostBehind || (behind.TryPeek(out Task<DetectedPicture>? next) && next.IsCompleted))
            {
                yield return behind.Dequeue().GetAwaiter().GetResult();
            }
        }

        while (behind.TryDequeue(out Task<DetectedPicture>? rest))
        {
            yield return rest.GetAwaiter().GetResult();
        }
    }

    private DetectedPicture Finish(PreparedPicture picture, ImmutableArray<Batch<float>> outputs, int place, ConcurrentBag<DetectionWorker> idle)
    {
        if (picture.Placement is not { } placement)
        {
            return new DetectedPicture(picture, []);
        }

        DetectionWorker worker = idle.TryTake(out DetectionWorker? taken) ? taken : new DetectionWorker(heads, settings);
        ImmutableArray<Detection> found = worker.Find(outputs, place, placement);
        idle.Add(worker);
        return new DetectedPicture(picture, found);
    }
}
