using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Calls;
using PluginPrune.Shared.Planning;

namespace PluginPrune.EngineTorch.Planning;

/// <summary>
/// Works out what must be computed for the values wanted, and nothing else. A batch norm and an activation that alone read
/// a convolution join its step, unless what they would hide is itself wanted.
/// </summary>
internal sealed class PlanBuilder
{
    private readonly Network _network;
    private readonly CallCache _calls;
    private readonly OpenNodes _open;
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Activation> _postponed = new(StringComparer.Ordinal);
    private readonly List<Step> _steps = [];
    private int _slotCount;

    private PlanBuilder(Network network, CallCache calls, IReadOnlyList<string> wanted)
    {
        _network = network;
        _calls = calls;
        _open = new OpenNodes(network, wanted);
    }

    /// <exception cref="ArgumentException">A wanted value does not exist.</exception>
    public static Plan Build(Network network, CallCache calls, IReadOnlyList<string> wanted) =>
        new PlanBuilder(network, calls, wanted).Build(wanted);

    private Plan Build(IReadOnlyList<string> wanted)
    {
        foreach (NetworkInput input in _network.Inputs)
        {
            _slots[input.Name] = _slotCount++;
        }

        foreach (Node node in _network.Nodes)
        {
            if (_open.Contains(node))
            {
                AddStep(node);
            }
        }

        PlanResult[] results = [.. wanted.Select(value => new PlanResult(_slots[value], _network.ShapeOf(value)))];
        Step[] steps = [.. _steps];
        Lifetimes.Assign(steps, _slotCount, [.. results.Select(static result => result.Slot)]);
        return new Plan { Values = [.. wanted], Steps = steps, SlotCount = _slotCount, Results = results };
    }

    private void AddStep(Node node)
    {
        if (_calls.Of(node) is not { } call || IsPostponed(node))
        {
            _slots[node.Id] = _slots[node.Inputs[0]];
            return;
        }

        string last = node.Id;
        if (node.Operation is Convolution convolution)
        {
            (call, last) = Absorb(convolution, node);
        }
        else if (_postponed.Remove(node.Inputs[0], out Activation? activation))
        {
            call = new PooledActivationCall(call, Activations.Create(activation));
        }

        int[] inputs = [.. node.Inputs.Select(input => _slots[input])];
        _slots[last] = _slotCount++;
        _steps.Add(new Step(node.Id, call, inputs, _slots[last]));
    }

    private (Call Call, string Output) Absorb(Convolution convolution, Node node)
    {
        BatchNorm? norm = null;
        Activation? activation = null;
        string last = node.Id;
        if (_open.OnlyReader(last) is { Operation: BatchNorm joined } normNode)
        {
            norm = joined;
            last = _open.Join(normNode);
        }

        if (_open.OnlyReader(last) is { Operation: Activation following } activationNode
            && (!CanWait(activationNode, following) || ConvolutionCall.TakesInForNothing(following, _calls.Placement)))
        {
            activation = following;
            last = _open.Join(activationNode);
        }

        return (_calls.Of(node, convolution, norm, activation), last);
    }

    // The pool that alone reads an activation applies it.
    private bool IsPostponed(Node node)
    {
        if (node.Operation is not Activation activation || !CanWait(node, activation))
        {
            return false;
        }

        _postponed.Add(node.Id, activation);
        return true;
    }

    private bool CanWait(Node node, Activation activation) =>
        Activations.NeverFalls(activation) && _open.OnlyReader(node.Id) is { Operation: MaxPool };
}
