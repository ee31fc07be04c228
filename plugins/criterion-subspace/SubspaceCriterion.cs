using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.CriterionSubspace.Features;

namespace PluginPrune.CriterionSubspace;

/// <summary>
/// Steps 3 to 5 of Yang, Liang and Du 2021: the filters of a layer are clustered by k-means, k is the elbow of the distortion curve,
/// and of each cluster the share of least weight goes. What a filter lacks is so measured against its like, not against all.
/// </summary>
internal sealed class SubspaceCriterion : IPruningCriterion
{
    private readonly SubspaceOptions _options;
    private readonly SelectionRule _rule;

    /// <exception cref="OptionException">Options contradict each other.</exception>
    public SubspaceCriterion(SubspaceOptions options)
    {
        if (options is { Normalize: true, Feature: not FilterFeature.Flat })
        {
            throw new OptionException("--normalize brings whole filters to one length, and another feature is a single number. Leave it, or take --feature flat.");
        }

        _options = options;
        _rule = new SelectionRule
        {
            Rate = options.Percent,
            RateOption = "percent",
            HasOwnSets = true,
            Coupling = options.Coupling,
            LayerKeep = options.LayerKeep,
        };
    }

    /// <inheritdoc />
    /// <exception cref="InputException">A weight is infinite or no number.</exception>
    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        (ChannelGroup Group, GroupMember Member)[] members =
        [
            .. context.Groups.Where(static group => !group.IsLocked)
                .SelectMany(static group => group.Members, static (group, member) => (group, member))
                .Where(static pair => pair.member.IsProducer && FilterBank.IsIn(pair.member.Layer)),
        ];

        // A layer may have channels in several groups: it is clustered as a whole.
        Node[] layers = [.. members.Where(pair => !IsLeftAlone(pair.Group)).Select(static pair => pair.Member.Layer).DistinctBy(static layer => layer.Id, StringComparer.Ordinal)];
        var clustered = new ClusteredLayer[layers.Length];
        Parallel.For(0, layers.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => clustered[i] = ClusteredLayer.Of(layers[i], _options, context.Seed, cancellationToken));
        return Decide(context.Network.Name, members, clustered.ToDictionary(static layer => layer.Layer.Id, StringComparer.Ordinal));
    }

    private ChannelDecision Decide(string network, (ChannelGroup Group, GroupMember Member)[] members, Dictionary<string, ClusteredLayer> clustered)
    {
        var scores = ImmutableArray.CreateBuilder<MemberScores>();
        var notes = ImmutableArray.CreateBuilder<LayerNote>();
        foreach ((ChannelGroup group, GroupMember member) in members)
        {
            if (IsLeftAlone(group))
            {
                Say(new LayerNote(member.Layer, "left alone: an addition ties its channels (--coupling skip)"));
                continue;
            }

            ClusteredLayer layer = clustered[member.Layer.Id];
            if (layer.OddFilter is { } odd)
            {
                throw new InputException(network, line: null, FormattableString.Invariant($"filter {odd} of {member.Layer} has weights that are infinite or no numbers, so it cannot be compared with others. Take weights from before the training went astray."));
            }

            scores.Add(new MemberScores(group, member, [.. member.Channels.Select(channel => layer.Places[channel])]));
            Say(layer.Note!);
        }

        return ChannelDecision.FromScores(scores.ToImmutable(), _rule).WithNotes(notes.ToImmutable());

        // Once of a layer whose channels are in several groups.
        void Say(LayerNote note)
        {
            if (!notes.Any(said => said.Layer.Id == note.Layer.Id && said.Text == note.Text))
            {
                notes.Add(note);
            }
        }
    }

    private bool IsLeftAlone(ChannelGroup group) => _options.Coupling == Coupling.Skip && group.IsTiedByAddition;
}
