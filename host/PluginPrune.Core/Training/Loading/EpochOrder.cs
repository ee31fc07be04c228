namespace PluginPrune.Core.Training;

/// <summary>The order in which an epoch takes its pictures.</summary>
internal static class EpochOrder
{
    /// <summary>No sample's index: the order has numbers of its own.</summary>
    private const int OwnIndex = -1;

    /// <summary>All indexes below a count, each order as likely as any other (Durstenfeld 1964).</summary>
    public static int[] Of(int count, int seed, int epoch, bool shuffles)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        if (shuffles)
        {
            var random = new SampleRandom(seed, epoch, OwnIndex);
            for (int i = count - 1; i > 0; i--)
            {
                int other = random.Below(i + 1);
                (order[i], order[other]) = (order[other], order[i]);
            }
        }

        return order;
    }
}
