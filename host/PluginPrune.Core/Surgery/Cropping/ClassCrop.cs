using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Surgery;

/// <summary>
/// Takes the channels of some classes out of all heads: rows of the layers that make them, with what scales and shifts these rows. Nothing
/// else may read them, so that all other outputs stay what they were.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="findHead">Gives what understands a kind of heads.</param>
internal sealed class ClassCrop(Network network, Func<string, IHead> findHead)
{
    private readonly (Head Head, HeadLayout Layout)[] _heads =
        [.. network.Heads.Select(head => (head, findHead(head.Kind).Describe(head, network.ShapeOf(head.Input))))];

    /// <summary>How many classes the heads have.</summary>
    /// <exception cref="CropException">There is no head, or they do not have equally many.</exception>
    public int CountClasses()
    {
        int[] counts = [.. _heads.Select(static pair => pair.Layout.Classes).Distinct()];
        return counts switch
        {
            [] => throw new CropException($"'{network.Name}' has no head, and so no classes of which some could be kept."),
            [var count] => count,
            _ => throw new CropException($"The heads of '{network.Name}' have {string.Join(" and ", counts)} classes; classes can be left out where all heads have the same ones."),
        };
    }

    /// <summary>For each channel that a head reads, whether it stays.</summary>
    /// <param name="classes">The classes that stay.</param>
    public ImmutableArray<(string Value, ImmutableArray<bool> Kept)> ChannelsOf(ImmutableArray<int> classes) =>
        [.. _heads.Select(pair => (pair.Head.Input, pair.Layout.Channels.Select(channel => channel.Role != HeadChannelRole.Class || classes.Contains(channel.Index)).ToImmutableArray()))];

    /// <summary>The network with some of its classes alone.</summary>
    /// <param name="classes">The classes that stay, ascending.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="CropException">The other ones cannot go.</exception>
    public Network Keep(ImmutableArray<int> classes, CancellationToken cancellationToken)
    {
        Head[] heads = [.. _heads.Select(pair => Croppable(pair.Head).WithClasses(pair.Head, network.ShapeOf(pair.Head.Input), classes))];
        NetworkAnalysis analysis = NetworkAnalysis.Of(network, Contracts.Groups.PruningScope.Full);
        ImmutableHashSet<ChannelElement> gone = FindElements(analysis, classes);
        RefuseReaders(analysis, gone);
        var masks = new ChannelMasks(analysis.Groups.Select(group => Enumerable.Range(0, group.Size).Select(element => !gone.Contains(new ChannelElement(group.Index, element))).ToImmutableArray()));
        Network cut = NetworkSurgeon.Apply(new PruningPlan(network, [], analysis, masks) { Folding = FoldingMode.None }, cancellationToken).Network;
        RefuseMisfits(heads, cut, classes.Length);
        return cut.With(cut.Nodes, heads);
    }

    private ICroppableHead Croppable(Head head)
    {
        IHead service = findHead(head.Kind);
        return (service is Plugins.GuardedHead guarded ? guarded.Croppable : service as ICroppableHead)
            ?? throw new CropException($"Head '{head.Id}' ({head.Origin}) is of the kind '{head.Kind}', which does not say how it does with fewer classes: they all stay.{(head.Indivisible is { } why ? $" {why} Of an exported network crop the one that it was made from, or an export of what its heads read." : string.Empty)}");
    }

    private ImmutableHashSet<ChannelElement> FindElements(NetworkAnalysis analysis, ImmutableArray<int> classes)
    {
        var gone = ImmutableHashSet.CreateBuilder<ChannelElement>();
        var kept = new HashSet<ChannelElement>();
        foreach ((string value, ImmutableArray<bool> channels) in ChannelsOf(classes))
        {
            ImmutableArray<ChannelElement> elements = analysis.ElementsOf(value);
            for (int channel = 0; channel < channels.Length; channel++)
            {
                if (channels[channel])
                {
                    kept.Add(elements[channel]);
                }
                else
                {
                    gone.Add(elements[channel]);
                }
            }
        }

        return kept.Overlaps(gone) || gone.Contains(ChannelElement.Fixed)
            ? throw new CropException($"The classes of '{network.Name}' cannot be told apart where they are made: their channels come from no convolution of their own.")
            : gone.ToImmutable();
    }

    /// <summary>What reads scores of a class that goes, and is not on the way to a head, would compute something else.</summary>
    private void RefuseReaders(NetworkAnalysis analysis, ImmutableHashSet<ChannelElement> gone)
    {
        HashSet<string> outputs = [.. network.Heads.Select(static head => head.Input)];
        foreach (Node node in network.Nodes)
        {
            bool reads = node.Inputs.Any(Holds);
            bool mixes = reads && node.Operation is not (BatchNorm or Activation or Identity or Dropout or Convolution { IsDepthwise: true });
            if (mixes || (Holds(node.Id) && network.ConsumersOf(node.Id).IsEmpty && !outputs.Contains(node.Id)))
            {
                throw new CropException($"{node} reads the scores of classes that are to go, and would compute something else without them: they all stay.");
            }
        }

        bool Holds(string value) => analysis.ElementsOf(value).Any(gone.Contains);
    }

    private void RefuseMisfits(Head[] heads, Network cut, int classes)
    {
        foreach (Head head in heads)
        {
            if (findHead(head.Kind).Describe(head, cut.ShapeOf(head.Input)) is { } layout && layout.Classes != classes)
            {
                throw new CropException($"Head '{head.Id}' ({head.Origin}) was to have {classes} classes and says that it has {layout.Classes}: the head '{head.Kind}' does not keep to its contract.");
            }
        }
    }
}
