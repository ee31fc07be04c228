namespace PluginPrune.EngineManaged;

/// <summary>Spreads independent pieces of work over threads. What a piece computes must not depend on who computes it.</summary>
internal sealed class Workers
{
    public Workers(int threads)
    {
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
    }

    public int Threads { get; }

    /// <summary>Calls <paramref name="body"/> once for each number below <paramref name="count"/>.</summary>
    public void For(int count, Action<int> body)
    {
        int workers = Math.Min(Threads, count);
        if (workers <= 1)
        {
            for (int i = 0; i < count; i++)
            {
                body(i);
            }

            return;
        }

        // Pieces are handed out one by one: layers have few and unequal ones, which ranges fixed beforehand would balance badly.
        int next = -1;
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ =>
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < count)
            {
                body(i);
            }
        });
    }

    /// <summary>Calls <paramref name="body"/> with the start and length of ranges that together cover 0 to <paramref name="length"/>.</summary>
    public void ForRanges(int length, int grain, Action<int, int> body) =>
        For((int)(((long)length + grain - 1) / grain), i =>
        {
            int start = i * grain;
            body(start, Math.Min(grain, length - start));
        });
}
