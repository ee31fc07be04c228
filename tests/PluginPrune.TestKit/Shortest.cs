using System.Diagnostics;

namespace PluginPrune.TestKit;

/// <summary>How long something takes at best: what else the machine does, and compiling it the first time, only add to it.</summary>
public static class Shortest
{
    private const int Tries = 5;

    /// <summary>Times it; what takes less than a tenth of a second is not done again.</summary>
    public static TimeSpan Of(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var enough = TimeSpan.FromSeconds(0.1);
        TimeSpan least = TimeSpan.MaxValue;
        for (int i = 0; i < Tries && least > enough; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            least = taken < least ? taken : least;
        }

        return least;
    }
}
