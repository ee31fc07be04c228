using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.WeightCriteria;

/// <summary>Shorthand for asking a criterion about a network.</summary>
internal static class Decisions
{
    public static PruningServices Services { get; } = new(static (name, _) => throw new ContributionNotFoundException(name));

    public static PruningContext ContextOf(Network network, int seed = 0) =>
        new(network, NetworkAnalysis.Of(network, PruningScope.Full).Groups, Services) { Seed = seed };

    public static ChannelDecision Decide<TPlugin>(this PruningContext context, string criterion, params (string Name, string Value)[] options)
        where TPlugin : IPlugin, new() =>
        PluginFactory.Create<TPlugin, IPruningCriterion>(criterion, options).Decide(context, CancellationToken.None);

    /// <summary>The scores of a layer.</summary>
    public static double[] Of(this ChannelDecision decision, string layer) => decision.Scores.Single(score => score.Member.Layer.Id == layer).Values;

    /// <summary>The same network with another weight in one layer.</summary>
    public static Network WithWeight(this Network network, string layer, Func<Tensor, Tensor> change) => network.With(
        network.Nodes.Select(node => node.Id == layer ? node with { Operation = WeightOf.Changed(node.Operation, change) } : node), network.Heads);
}
