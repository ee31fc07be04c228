using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>
/// Threads that take picture after picture, run the network on it and make detections of what comes out. They share nothing
/// that changes, so what is found on a picture does not depend on who takes it, nor when.
/// </summary>
internal sealed class DetectionCrew : IDisposable
{
    /// <summary>How long an engine that does not listen is waited for when all is over; then its threads are left behind.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IExecutable<float> _executable;
    private readonly DetectionHeads _heads;
    private readonly DetectionSettings _settings;
    private readonly CancellationTokenSource _ending;
    private readonly BlockingCollection<(PictureBatch Batch, TaskCompletionSource<DetectedPicture> Result)> _waiting = [];
    private readonly List<Thread> _threads = [];

    /// <param name="executable">Takes as many callers at once as there are threads. Disposed of with this.</param>
    /// <param name="heads">What its outputs mean.</param>
    /// <param name="settings">How objects are found.</param>
    /// <param name="threads">How many threads there are.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public DetectionCrew(
        IExecutable<float> executable, DetectionHeads heads, DetectionSettings settings, int threads, CancellationToken cancellationToken)
    {
        (_executable, _heads, _settings) = (executable, heads, settings);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (int i = 0; i < threads; i++)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = "detection" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Hands a picture over, which must stay as it is until its result is there.</summary>
    /// <param name="batch">A batch of one that could be read.</param>
    public Task<DetectedPicture> Find(PictureBatch batch)
    {
        var result = new TaskCompletionSource<DetectedPicture>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((batch, result));
        return result.Task;
    }

    /// <summary>Ends what still runs.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();

        // What a plugin has tied to the token runs elsewhere: it may hang, or throw.
        _ = _ending.CancelAsync();
        long start = Stopwatch.GetTimestamp();
        bool haveEnded = true;
        foreach (Thread thread in _threads)
        {
            TimeSpan rest = Patience - Stopwatch.GetElapsedTime(start);
            haveEnded &= thread.Join(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        }

        // What somebody is still using is left behind with him.
        if (haveEnded)
        {
            _executable.Dispose();
            _waiting.Dispose();
            _ending.Dispose();
        }
    }

    private void Work()
    {
        var worker = new DetectionWorker(_heads, _settings);
        foreach ((PictureBatch batch, TaskCompletionSource<DetectedPicture> result) in _waiting.GetConsumingEnumerable())
        {
            try
            {
                result.SetResult(Find(batch, worker));
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown where the result is asked for.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                result.SetException(fault);
            }
        }
    }

    private DetectedPicture Find(PictureBatch batch, DetectionWorker worker)
    {
        _ending.Token.ThrowIfCancellationRequested();
        PreparedPicture picture = batch.Pictures[0];
        ImmutableArray<Batch<float>> outputs = _executable.Run([batch.Input], _heads.Values, _ending.Token);
        return new DetectedPicture(picture, worker.Find(outputs, 0, picture.Placement!));
    }
}
