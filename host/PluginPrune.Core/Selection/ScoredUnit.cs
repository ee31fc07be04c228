using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Selection;

/// <summary>What makes one choice of its own: the channels of a layer, or the elements of a group under one score each.</summary>
internal sealed class ScoredUnit
{
    private ScoredUnit(ChannelGroup group, Node layer, int[] elements, double[] scores)
    {
        Group = group;
        Layer = layer;
        Elements = elements;
        Scores = scores;
        Keeps = new bool[scores.Length];
        OriginalCount = scores.Length;
        OriginalMayGo = Enumerable.Range(0, scores.Length).Count(MayGo);
    }

    public ChannelGroup Group { get; }

    /// <summary>The layer, or the group's first scored layer; it gives the unit its place in the order.</summary>
    public Node Layer { get; }

    /// <summary>The element of the group that each score is for.</summary>
    public int[] Elements { get; }

    public double[] Scores { get; }

    /// <summary>How many scores there were before earlier rounds of pruning; the floor is a share of them.</summary>
    public int OriginalCount { get; set; }

    /// <summary>How many of them might go.</summary>
    public int OriginalMayGo { get; set; }

    /// <summary>Whether the element may go: locked ones are not counted among the scores of which a share goes.</summary>
    public bool MayGo(int index) => Group.LockOf(Elements[index]) is null;

    /// <summary>What stays, once <see cref="Choose"/> has run.</summary>
    public bool[] Keeps { get; }

    public static ScoredUnit OfMember(MemberScores scores) =>
        new(scores.Group, scores.Member.Layer, [.. scores.Member.Elements], scores.Values);

    public static ScoredUnit OfGroup(ChannelGroup group, MemberScores[] members, Coupling coupling)
    {
        double[] combined = new double[group.Size];
        int[] counts = new int[group.Size];
        foreach (MemberScores member in members)
        {
            for (int i = 0; i < member.Values.Length; i++)
            {
                int element = member.Member.Elements[i];
                combined[element] = coupling switch
                {
                    Coupling.Maximum => counts[element] == 0 ? member.Values[i] : Math.Max(combined[element], member.Values[i]),
                    Coupling.Mean => combined[element] + member.Values[i],
                    _ => combined[element] + (member.Values[i] * member.Values[i]),
                };
                counts[element]++;
            }
        }

        int[] elements = [.. Enumerable.Range(0, group.Size).Where(element => counts[element] > 0)];
        double[] scores =
        [
            .. elements.Select(element => coupling switch
            {
                Coupling.Maximum => combined[element],
                Coupling.Mean => combined[element] / counts[element],
                _ => Math.Sqrt(combined[element]),
            }),
        ];
        return new ScoredUnit(group, members[0].Member.Layer, elements, scores);
    }

    /// <summary>Keeps what lies above the cut, and the best of the rest up to the layer's floor.</summary>
    /// <param name="cut">Where the line runs.</param>
    /// <param name="layerKeep">The floor's share of the layer.</param>
    /// <param name="asScripts">Whether the share is taken in binary fractions, as the Python scripts do.</param>
    public void Choose(ScoreCut cut, double layerKeep, bool asScripts)
    {
        cut.Apply(this);
        int floor = Math.Max(1, asScripts ? (int)(layerKeep * OriginalCount) : (int)((decimal)layerKeep * OriginalCount));
        int missing = floor - Keeps.Count(static keep => keep);
        if (missing <= 0)
        {
            return;
        }

        foreach (int index in Enumerable.Range(0, Scores.Length)
            .Where(index => !Keeps[index])
            .OrderByDescending(index => Scores[index])
            .ThenBy(static index => index)
            .Take(missing)
            .ToArray())
        {
            Keeps[index] = true;
        }
    }
}
