using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Calls;

namespace PluginPrune.EngineTorch.Planning;

/// <summary>
/// The calls of a network's nodes with their weights, which plans share: a convolution once for each choice of what it
/// takes in. Safe to use from several threads.
/// </summary>
internal sealed class CallCache : IDisposable
{
    private readonly Network _network;
    private readonly Call?[] _calls;
    private readonly Dictionary<(int Node, BatchNorm? Norm, Activation? Activation), Call> _fused = [];

    /// <exception cref="NotSupportedException">A node has an operation that the engine does not run.</exception>
    public CallCache(Network network, Placement placement)
    {
        _network = network;
        Placement = placement;
        _calls = [.. network.Nodes.Select(node => CallFactory.Create(network, node, placement))];
    }

    public Placement Placement { get; }

    /// <summary>The call of a node, or null where its value is its input under another name.</summary>
    public Call? Of(Node node) => _calls[_network.IndexOf(node.Id)];

    /// <summary>The call of a convolution and what it takes in.</summary>
    public Call Of(Node node, Convolution convolution, BatchNorm? norm, Activation? activation)
    {
        if (norm is null && activation is null)
        {
            return Of(node)!;
        }

        (int, BatchNorm?, Activation?) key = (_network.IndexOf(node.Id), norm, activation);
        lock (_fused)
        {
            if (!_fused.TryGetValue(key, out Call? call))
            {
                _fused.Add(key, call = new ConvolutionCall(convolution, norm, activation, Placement));
            }

            return call;
        }
    }

    public void Dispose()
    {
        foreach (Call? call in _calls.Concat(_fused.Values))
        {
            call?.Dispose();
        }
    }
}
