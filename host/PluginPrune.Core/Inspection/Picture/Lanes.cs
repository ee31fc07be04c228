namespace PluginPrune.Core.Inspection;

/// <summary>Puts spans of rows into as few lanes as a greedy look finds, short ones into the inner lanes, so that none overlap.</summary>
internal static class Lanes
{
    /// <summary>The lane of each span, from 0.</summary>
    /// <param name="spans">First and last row; two in one lane may meet end to end where <paramref name="mayTouch"/> says so.</param>
    /// <param name="mayTouch">Whether one may end in the row in which another begins.</param>
    public static int[] Assign(IReadOnlyList<(int First, int Last)> spans, bool mayTouch)
    {
        var lanes = new List<List<(int First, int Last)>>();
        int[] result = new int[spans.Count];
        foreach (int i in Enumerable.Range(0, spans.Count).OrderBy(i => spans[i].Last - spans[i].First).ThenBy(i => spans[i].First))
        {
            int lane = lanes.FindIndex(taken => taken.TrueForAll(other => !Overlap(other, spans[i], mayTouch)));
            if (lane < 0)
            {
                lane = lanes.Count;
                lanes.Add([]);
            }

            lanes[lane].Add(spans[i]);
            result[i] = lane;
        }

        return result;
    }

    private static bool Overlap((int First, int Last) left, (int First, int Last) right, bool mayTouch) => mayTouch
        ? left.First < right.Last && right.First < left.Last
        : left.First <= right.Last && right.First <= left.Last;
}
