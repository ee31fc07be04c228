using System.Collections.Concurrent;
using System.Diagnostics;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Measuring;

/// <summary>
/// Threads that take batch after batch, each with a worker of its own. They share nothing that changes, so what a batch gives does not
/// depend on who takes it, nor when.
/// </summary>
internal sealed class MeasuringCrew : IDisposable
{
    /// <summary>How long an engine that does not listen is waited for when all is over; then its threads are left behind.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Func<MeasuringWorker> _newWorker;
    private readonly CancellationTokenSource _ending;
    private readonly BlockingCollection<(TrainingBatch Batch, TaskCompletionSource<double[][]> Result)> _waiting = [];
    private readonly List<Thread> _threads = [];

    /// <param name="newWorker">Makes a worker, on the thread that uses it.</param>
    /// <param name="threads">How many there are.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public MeasuringCrew(Func<MeasuringWorker> newWorker, int threads, CancellationToken cancellationToken)
    {
        _newWorker = newWorker;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (int i = 0; i < threads; i++)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = "measuring" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Hands a batch over, which must stay as it is until its result is there.</summary>
    public Task<double[][]> Look(TrainingBatch batch)
    {
        var result = new TaskCompletionSource<double[][]>(TaskCreationOptions.RunContinuationsAsynchronously);
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
            _waiting.Dispose();
            _ending.Dispose();
        }
    }

    private void Work()
    {
        MeasuringWorker? worker = null;
        foreach ((TrainingBatch batch, TaskCompletionSource<double[][]> result) in _waiting.GetConsumingEnumerable())
        {
            try
            {
                _ending.Token.ThrowIfCancellationRequested();
                worker ??= _newWorker();
                result.SetResult(worker.Look(batch, _ending.Token));
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown where the result is asked for.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                result.SetException(fault);
            }
        }

        worker?.Dispose();
    }
}
