using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace PluginPrune.Core.Images.Pipeline;

/// <summary>
/// Makes batches on threads of its own, ahead of whoever takes them. Items are taken in their order, so that when one fails all
/// before it have been taken too; a batch's memory is taken with its first item, and only while few enough batches are about.
/// One lock guards everything.
/// </summary>
/// <typeparam name="T">What becomes of an item besides its part of the input.</typeparam>
internal sealed class PipelineRun<T> : IDisposable
    where T : class
{
    /// <summary>How long workers that hang in somebody's stream are waited for when all is over; then they are left behind.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly PipelineCounts _counts;
    private readonly Func<IPipelineWorker<T>> _newWorker;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancelling;
    private readonly List<PipelineBatch<T>> _batches;
    private readonly BatchMemory _memory;
    private readonly List<Thread> _workers = [];
    private int _nextItem;
    private int _filledBatch;
    private int _nextBatch;
    private bool _isOver;

    /// <summary>Starts the threads.</summary>
    /// <param name="batches">Batches whose items follow each other.</param>
    /// <param name="counts">How many threads work, and on how many batches.</param>
    /// <param name="newWorker">Makes what works, one for each thread.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public PipelineRun(List<PipelineBatch<T>> batches, PipelineCounts counts, Func<IPipelineWorker<T>> newWorker, CancellationToken cancellationToken)
    {
        (_batches, _counts, _newWorker, _cancellationToken) = (batches, counts, newWorker, cancellationToken);
        _nextItem = batches.Count == 0 ? 0 : batches[0].First;
        _memory = new BatchMemory(counts.Ahead + counts.InUse);
        _cancelling = cancellationToken.Register(Wake);
        for (int i = 0; i < (batches.Count == 0 ? 0 : Math.Min(counts.Threads, batches[^1].End - batches[0].First)); i++)
        {
            var worker = new Thread(Work) { IsBackground = true, Name = "pictures" };
            _workers.Add(worker);
            worker.Start();
        }
    }

    /// <summary>Takes the memory of the batch that is no longer in use back and waits for the next one, which is whole; null after the last.</summary>
    public PipelineBatch<T>? Next()
    {
        lock (_gate)
        {
            if (_nextBatch >= _counts.InUse && _batches[_nextBatch - _counts.InUse].Release() is { } elements)
            {
                _memory.Return(elements);
                Monitor.PulseAll(_gate);
            }

            if (_nextBatch == _batches.Count)
            {
                return null;
            }

            PipelineBatch<T> batch = _batches[_nextBatch];
            _cancellationToken.ThrowIfCancellationRequested();
            while (!batch.IsSettled)
            {
                Monitor.Wait(_gate);
                _cancellationToken.ThrowIfCancellationRequested();
            }

            batch.ThrowIfFailed();
            _nextBatch++;
            return batch;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.PulseAll(_gate);
        }

        _cancelling.Dispose();
        long start = Stopwatch.GetTimestamp();
        foreach (Thread worker in _workers)
        {
            TimeSpan rest = Patience - Stopwatch.GetElapsedTime(start);
            worker.Join(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Work()
    {
        IPipelineWorker<T> worker = _newWorker();
        while (TryTake(out PipelineBatch<T>? batch, out int index))
        {
            T? item = null;
            Exception? fault = null;
            try
            {
                item = worker.Prepare(batch, index);
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown where the batch is asked for.
            catch (Exception error)
#pragma warning restore CA1031
            {
                fault = error;
            }

            Settle(batch, index, item, fault);
        }
    }

    private void Settle(PipelineBatch<T> batch, int index, T? item, Exception? fault)
    {
        lock (_gate)
        {
            batch.Settle(index, item, fault);
            _isOver |= fault is not null;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes the next item, once there is memory for its batch.</summary>
    private bool TryTake([NotNullWhen(true)] out PipelineBatch<T>? batch, out int index)
    {
        lock (_gate)
        {
            while (!_isOver && !_cancellationToken.IsCancellationRequested && _filledBatch < _batches.Count)
            {
                index = _nextItem;
                batch = _batches[_filledBatch];
                try
                {
                    batch.Elements ??= _memory.TryTake(batch.CountElements(_counts.Channels));
                }
                catch (Exception error) when (error is OutOfMemoryException or OverflowException)
                {
                    batch.Busy++;
                    Settle(batch, index, null, error);
                    return false;
                }

                if (batch.Elements is not null)
                {
                    _nextItem++;
                    batch.Busy++;
                    _filledBatch += _nextItem == batch.End ? 1 : 0;
                    return true;
                }

                Monitor.Wait(_gate);
            }
        }

        (batch, index) = (null, 0);
        return false;
    }
}
