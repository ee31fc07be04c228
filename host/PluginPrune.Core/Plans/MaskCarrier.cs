using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Core.Plans;

/// <summary>
/// Says a choice made on one network in the groups of the same network without some blocks: groups lose members there, and
/// channels are found again by the layers that make them.
/// </summary>
internal static class MaskCarrier
{
    public static ChannelMasks Carry(NetworkAnalysis from, ChannelMasks masks, NetworkAnalysis to)
    {
        bool[][] keep = [.. to.Groups.Select(static group => new bool[group.Size])];
        foreach (GroupMember producer in to.Groups.SelectMany(static group => group.Members).Where(static member => member.IsProducer))
        {
            ImmutableArray<ChannelElement> before = from.ElementsOf(producer.Layer.Id);
            ImmutableArray<ChannelElement> after = to.ElementsOf(producer.Layer.Id);
            for (int channel = 0; channel < before.Length; channel++)
            {
                keep[after[channel].Group][after[channel].Element] |= masks[from.Groups[before[channel].Group]][before[channel].Element];
            }
        }

        return new ChannelMasks(keep.Select(static mask => mask.ToImmutableArray()));
    }

    public static ImmutableArray<MemberScores> Carry(ImmutableArray<MemberScores> scores, NetworkAnalysis to)
    {
        var members = to.Groups
            .SelectMany(static group => group.Members, static (group, member) => (group, member))
            .ToDictionary(static pair => (pair.member.Layer.Id, pair.member.Channels[0]));
        return
        [
            .. scores
                .Where(score => members.ContainsKey((score.Member.Layer.Id, score.Member.Channels[0])))
                .Select(score => (score, to: members[(score.Member.Layer.Id, score.Member.Channels[0])]))
                .Where(static pair => pair.to.member.Channels.Length == pair.score.Values.Length)
                .Select(static pair => new MemberScores(pair.to.group, pair.to.member, pair.score.Values)),
        ];
    }
}
