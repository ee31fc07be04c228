namespace PluginPrune.Cli;

/// <summary>Tells how long work still takes, from the share that is done. What was done before it began counts for nothing. Safe from every thread.</summary>
/// <param name="time">The clock.</param>
internal sealed class ShareClock(TimeProvider time)
{
    private readonly Lock _gate = new();
    private (double Share, long Time)? _first;
    private (double Share, long Time) _last;

    /// <summary>How long it still takes; null where nothing is known yet.</summary>
    public TimeSpan? Left
    {
        get
        {
            lock (_gate)
            {
                return _first is { } first && _last.Share > first.Share
                    ? time.GetElapsedTime(first.Time, _last.Time) * ((1 - _last.Share) / (_last.Share - first.Share))
                    : null;
            }
        }
    }

    /// <summary>Another stage begins.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _first = null;
        }
    }

    /// <summary>So much is done.</summary>
    /// <param name="share">0 to 1.</param>
    public void Show(double share)
    {
        lock (_gate)
        {
            _last = (share, time.GetTimestamp());
            _first ??= _last;
        }
    }
}
