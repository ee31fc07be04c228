using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Inspection;

/// <summary>Looks at the layers of a network one by one.</summary>
internal sealed class LayerInspector
{
    private readonly NetworkAnalysis _analysis;
    private readonly PruningPlan? _plan;
    private readonly Dictionary<string, LayerCost> _costs;
    private readonly Dictionary<string, LayerCost>? _costsAfter;

    public LayerInspector(NetworkAnalysis analysis, NetworkCost cost, PruningPlan? plan, NetworkCost? after)
    {
        _analysis = analysis;
        _plan = plan;
        _costs = cost.Layers.ToDictionary(static layer => layer.Layer, StringComparer.Ordinal);
        _costsAfter = after?.Layers.ToDictionary(static layer => layer.Layer, StringComparer.Ordinal);
    }

    private Network Network => _analysis.Network;

    /// <summary>The layers in the order of the file; a head that is no layer of its own in the graph stands after the layer that it reads.</summary>
    public ImmutableArray<LayerInspection> Inspect()
    {
        var layers = new List<LayerInspection>();
        foreach (IGrouping<string, Node> layer in Network.Nodes.GroupBy(static node => node.Origin.Layer, StringComparer.Ordinal))
        {
            layers.Add(OfNodes([.. layer]));
        }

        HashSet<string> made = [.. layers.Select(static layer => layer.Layer)];
        foreach (Head head in Network.Heads.Where(head => !made.Contains(head.Origin.Layer)))
        {
            string read = LayerOf(head.Input);
            int place = layers.FindLastIndex(layer => layer.Layer == read || (layer.Role == LayerRole.Head && layer.Inputs[0] == read));
            layers.Insert(place + 1, OfHead(head, read));
        }

        return [.. layers];
    }

    private static LayerRole RoleOf(ImmutableArray<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            LayerRole? role = node.Operation switch
            {
                Convolution { IsDepthwise: true } => LayerRole.Depthwise,
                Convolution or Linear or LocalConvolution => LayerRole.Convolution,
                MaxPool or AveragePool or GlobalAveragePool or GlobalMaxPool => LayerRole.Pool,
                Add or Multiply => LayerRole.Merge,
                Opaque => LayerRole.Opaque,
                _ => null,
            };
            if (role is { } found)
            {
                return found;
            }
        }

        return LayerRole.Route;
    }

    private static GammaProfile? Gammas(ImmutableArray<Node> nodes)
    {
        float[] gammas = [.. nodes.Select(static node => node.Operation).OfType<BatchNorm>().SelectMany(static norm => norm.Gamma.Floats.ToArray())];
        return gammas.Length == 0 ? null : new GammaProfile(gammas);
    }

    private string LayerOf(string value) => Network.Find(value)?.Origin.Layer ?? value;

    private LayerInspection OfNodes(ImmutableArray<Node> nodes)
    {
        Node last = nodes[^1];
        LayerCost cost = _costs[last.Origin.Layer];
        (ImmutableArray<int> groups, int locked, ImmutableArray<string> reasons) = ChannelsOf(last.Id);
        return new LayerInspection
        {
            Layer = last.Origin.Layer,
            Kind = nodes[0].Origin.Kind,
            Line = nodes[0].Origin.Line,
            Role = RoleOf(nodes),
            Value = last.Id,
            Output = Network.ShapeOf(last.Id),
            Nodes = [.. nodes.Select(static node => node.Id)],
            Inputs = [.. nodes.SelectMany(static node => node.Inputs).Select(LayerOf).Where(layer => layer != last.Origin.Layer).Distinct(StringComparer.Ordinal)],
            Parameters = cost.Parameters,
            MultiplyAdds = cost.MultiplyAdds,
            Groups = groups,
            LockedChannels = locked,
            LockReasons = reasons,
            Gammas = Gammas(nodes),
            After = After(nodes),
        };
    }

    private LayerInspection OfHead(Head head, string read) => new()
    {
        Layer = head.Origin.Layer,
        Kind = head.Origin.Kind,
        Line = head.Origin.Line,
        Role = LayerRole.Head,
        Value = head.Input,
        Output = Network.ShapeOf(head.Input),
        Inputs = [read],
        Groups = ChannelsOf(head.Input).Groups,
        LockedChannels = Network.ShapeOf(head.Input).Channels,
        LockReasons = ChannelsOf(head.Input).Reasons,
        After = _plan is null ? null : new LayerAfter(IsRemoved: false, Network.ShapeOf(head.Input).Channels, 0, 0),
    };

    private (ImmutableArray<int> Groups, int Locked, ImmutableArray<string> Reasons) ChannelsOf(string value)
    {
        ImmutableArray<ChannelElement> elements = _analysis.ElementsOf(value);
        string?[] locks = [.. elements.Select(element => element.Group < 0 ? "nothing that could be cut makes it" : _analysis.Groups[element.Group].LockOf(element.Element))];
        return (
            [.. elements.Select(static element => element.Group).Where(static group => group >= 0).Distinct()],
            locks.Count(static reason => reason is not null),
            [.. locks.OfType<string>().Distinct(StringComparer.Ordinal)]);
    }

    private LayerAfter? After(ImmutableArray<Node> nodes)
    {
        if (_plan is null)
        {
            return null;
        }

        return _costsAfter!.TryGetValue(nodes[^1].Origin.Layer, out LayerCost? left)
            ? new LayerAfter(IsRemoved: false, left.Channels, left.Parameters, left.MultiplyAdds)
            : new LayerAfter(IsRemoved: true, 0, 0, 0);
    }
}
