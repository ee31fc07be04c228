using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace PluginPrune.Core.Crews;

/// <summary>
/// Threads that take piece after piece of work, each with a worker of its own. Workers share nothing that changes, so what a piece
/// comes to does not depend on who takes it, nor when.
/// </summary>
/// <typeparam name="TWork">A piece of work.</typeparam>
/// <typeparam name="TResult">What it comes to.</typeparam>
internal sealed class Crew<TWork, TResult> : IDisposable
{
    /// <summary>How long a worker that does not listen is waited for when all is over; then its thread is left behind.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Func<ICrewWorker<TWork, TResult>> _newWorker;
    private readonly IDisposable? _shared;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _ending;
    private readonly BlockingCollection<(TWork Work, TaskCompletionSource<TResult> Result)> _waiting = [];
    private readonly List<Thread> _threads = [];
    private int _present;
    private Exception? _fault;

    /// <summary>Starts the threads.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="threads">How many there are, at least 1.</param>
    /// <param name="newWorker">Makes a worker, on the thread that uses it, with the first piece of work that it takes.</param>
    /// <param name="shared">What all workers use, disposed of with the last of them; null for nothing.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public Crew(string name, int threads, Func<ICrewWorker<TWork, TResult>> newWorker, IDisposable? shared, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (_newWorker, _shared, _cancellationToken, _present) = (newWorker, shared, cancellationToken, threads);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (int i = 0; i < threads; i++)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = name };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Has pieces of work done. Once for each crew.</summary>
    /// <param name="work">The pieces, taken as they are needed.</param>
    /// <param name="inHand">How many are in hand at once, at least 1: a piece must stay as it is until so many later ones have been taken.</param>
    /// <returns>What they come to, in their order, whoever was ready first.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; a worker that does not listen is not waited for.</exception>
    public IEnumerable<TResult> Do(IEnumerable<TWork> work, int inHand)
    {
        var running = new Queue<Task<TResult>>();
        foreach (TWork piece in work)
        {
            running.Enqueue(HandOver(piece));
            while (running.Count == inHand || (running.TryPeek(out Task<TResult>? next) && next.IsCompleted))
            {
                yield return Await(running.Dequeue());
            }
        }

        while (running.TryDequeue(out Task<TResult>? rest))
        {
            yield return Await(rest);
        }

        _waiting.CompleteAdding();
        if (WaitForAll() && _fault is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    /// <summary>Ends what still runs.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();

        // What a plugin has tied to the token runs elsewhere: it may hang, or throw.
        _ = _ending.CancelAsync();

        // What somebody is still using is left behind with him.
        if (WaitForAll())
        {
            _waiting.Dispose();
            _ending.Dispose();
        }
    }

    private Task<TResult> HandOver(TWork work)
    {
        var result = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((work, result));
        return result.Task;
    }

    private TResult Await(Task<TResult> task)
    {
        Task.WaitAny([task], _cancellationToken);
        return task.GetAwaiter().GetResult();
    }

    private bool WaitForAll()
    {
        long start = Stopwatch.GetTimestamp();
        return _threads.TrueForAll(thread =>
        {
            TimeSpan rest = Patience - Stopwatch.GetElapsedTime(start);
            return thread.Join(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        });
    }

    private void Work()
    {
        ICrewWorker<TWork, TResult>? worker = null;
        foreach ((TWork work, TaskCompletionSource<TResult> result) in _waiting.GetConsumingEnumerable())
        {
            try
            {
                _ending.Token.ThrowIfCancellationRequested();
                worker ??= _newWorker();
                result.SetResult(worker.Do(work, _ending.Token));
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown where the result is asked for.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                result.SetException(fault);
            }
        }

        Release(worker as IDisposable);
        if (Interlocked.Decrement(ref _present) == 0)
        {
            Release(_shared);
        }
    }

    private void Release(IDisposable? used)
    {
        try
        {
            used?.Dispose();
        }
#pragma warning disable CA1031 // On a thread of its own it would end the program. Whatever it is, it is thrown after the last result.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault ??= fault;
        }
    }
}
