using System.Diagnostics;

namespace PluginPrune.TestKit;

/// <summary>
/// Cancels after a while, from a thread of its own: the timers of the framework wait for a thread of the pool, which other tests
/// may keep for seconds.
/// </summary>
public sealed class DelayedCancellation : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Thread _thread;
    private long _cancelled;

    /// <summary>Begins to wait.</summary>
    /// <param name="delay">How long.</param>
    public DelayedCancellation(TimeSpan delay)
    {
        _thread = new Thread(() =>
        {
            Thread.Sleep(delay);
            _cancelled = Stopwatch.GetTimestamp();
            _source.Cancel();
        });
        _thread.Start();
    }

    /// <summary>The token.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>How long ago it was cancelled.</summary>
    public TimeSpan Since => Stopwatch.GetElapsedTime(_cancelled);

    /// <inheritdoc />
    public void Dispose()
    {
        _thread.Join();
        _source.Dispose();
    }
}
