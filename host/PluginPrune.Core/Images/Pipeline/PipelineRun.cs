using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using PluginPrune.Contracts;
using PluginPrune.Core.Images.Decoding;

namespace PluginPrune.Core.Images.Pipeline;

/// <summary>
/// One enumeration of a pipeline. Items are taken in their order, so that when one fails all before it have been taken too; a
/// batch's memory is taken with its first item, and only while few enough batches are about. One lock guards everything.
/// </summary>
internal sealed class PipelineRun : IDisposable
{
    /// <summary>How long workers that hang in somebody's stream are waited for when all is over; then they are left behind.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly PicturePipelineOptions _options;
    private readonly NetworkInputWriter _writer;
    private readonly IReadOnlyList<PictureItem> _items;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancelling;
    private readonly List<PipelineBatch> _batches;
    private readonly BatchMemory _memory;
    private readonly List<Thread> _workers = [];
    private int _nextItem;
    private int _filledBatch;
    private int _nextBatch;
    private bool _isOver;

    public PipelineRun(PicturePipelineOptions options, NetworkInputWriter writer, IReadOnlyList<PictureItem> items, CancellationToken cancellationToken)
    {
        (_options, _writer, _items, _cancellationToken) = (options, writer, items, cancellationToken);
        _batches = PipelineBatch.Split(items, options);
        _memory = new BatchMemory(options.Ahead + options.InUse);
        _cancelling = cancellationToken.Register(Wake);
        for (int i = 0; i < Math.Min(options.Threads, items.Count); i++)
        {
            var worker = new Thread(Work) { IsBackground = true, Name = "pictures" };
            _workers.Add(worker);
            worker.Start();
        }
    }

    /// <summary>Takes the memory of the batch that is no longer in use back and waits for the next one; null after the last.</summary>
    public PictureBatch? Next()
    {
        lock (_gate)
        {
            if (_nextBatch >= _options.InUse && _batches[_nextBatch - _options.InUse].Release() is { } elements)
            {
                _memory.Return(elements);
                Monitor.PulseAll(_gate);
            }

            if (_nextBatch == _batches.Count)
            {
                return null;
            }

            PipelineBatch batch = _batches[_nextBatch];
            _cancellationToken.ThrowIfCancellationRequested();
            while (!batch.IsSettled)
            {
                Monitor.Wait(_gate);
                _cancellationToken.ThrowIfCancellationRequested();
            }

            batch.ThrowIfFailed();
            _nextBatch++;
            return new PictureBatch(batch.ToInput(_writer.Channels), [.. batch.Pictures]);
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
        var memory = new WorkerMemory();
        while (TryTake(out PipelineBatch? batch, out int index))
        {
            PreparedPicture? picture = null;
            Exception? fault = null;
            try
            {
                picture = Prepare(batch, index, memory);
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown where the batch is asked for.
            catch (Exception error)
#pragma warning restore CA1031
            {
                fault = error;
            }

            Settle(batch, index, picture, fault);
        }
    }

    private void Settle(PipelineBatch batch, int index, PreparedPicture? picture, Exception? fault)
    {
        lock (_gate)
        {
            batch.Settle(index, picture, fault);
            _isOver |= fault is not null;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes the next item, once there is memory for its batch.</summary>
    private bool TryTake([NotNullWhen(true)] out PipelineBatch? batch, out int index)
    {
        lock (_gate)
        {
            while (!_isOver && !_cancellationToken.IsCancellationRequested && _nextItem < _items.Count)
            {
                index = _nextItem;
                batch = _batches[_filledBatch];
                try
                {
                    batch.Elements ??= _memory.TryTake(batch.CountElements(_writer.Channels));
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

    private PreparedPicture Prepare(PipelineBatch batch, int index, WorkerMemory memory)
    {
        PictureItem item = _items[index];
        Span<float> target = batch.InputOf(index);
        var prepared = new PreparedPicture(index, item);
        memory.Reset();
        try
        {
            Picture picture = PictureDecoder.Guard(item.Name, () =>
            {
                using Stream stream = item.Open();
                return PictureDecoder.Decode(memory.ReadFile(stream), _options.KeepsPictures ? PixelMemory.New : memory);
            });
            PicturePlacement placement = _options.Place?.Invoke(picture.Size, batch.Size)
                ?? PicturePlacement.Of(picture.Size, batch.Size, _options.Preprocessing.Resize);
            _writer.Write(picture, placement, target);
            return prepared with { Placement = placement, Picture = _options.KeepsPictures ? picture : null };
        }
        catch (InputException error)
        {
            target.Clear();
            return prepared with { Error = error };
        }
    }
}
