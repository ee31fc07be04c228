using System.Numerics;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineManaged.Convolutions;
using PluginPrune.EngineManaged.Kernels;
using PluginPrune.Shared.Planning;

namespace PluginPrune.EngineManaged.Planning;

/// <summary>
/// Works out what must be computed for the values wanted, and nothing else. A batch norm and an activation that alone read
/// a convolution join its step, unless what they would hide is itself wanted.
/// </summary>
internal sealed class PlanBuilder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network _network;
    private readonly Kernel<T>?[] _kernels;
    private readonly OpenNodes _open;
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<int> _slotSizes = [];
    private readonly List<Step<T>> _steps = [];

    private PlanBuilder(Network network, Kernel<T>?[] kernels, IReadOnlyList<string> wanted)
    {
        _network = network;
        _kernels = kernels;
        _open = new OpenNodes(network, wanted);
    }

    /// <exception cref="ArgumentException">A wanted value does not exist.</exception>
    public static Plan<T> Build(Network network, Kernel<T>?[] kernels, IReadOnlyList<string> wanted) =>
        new PlanBuilder<T>(network, kernels, wanted).Build(wanted);

    private Plan<T> Build(IReadOnlyList<string> wanted)
    {
        foreach (NetworkInput input in _network.Inputs)
        {
            AddSlot(input.Name, input.Shape);
        }

        AddSteps();

        int[] readers = new int[_slotSizes.Count];
        foreach (int slot in _steps.SelectMany(static step => step.Inputs))
        {
            readers[slot]++;
        }

        PlanResult[] results = [.. wanted.Select(value => new PlanResult(_slots[value], _network.ShapeOf(value)))];
        foreach (PlanResult result in results)
        {
            readers[result.Slot]++;
        }

        return new Plan<T> { Values = [.. wanted], Steps = [.. _steps], SlotSizes = [.. _slotSizes], Readers = readers, Results = results };
    }

    private void AddSteps()
    {
        for (int i = 0; i < _network.Nodes.Length; i++)
        {
            Node node = _network.Nodes[i];
            if (!_open.Contains(node))
            {
                continue;
            }

            if (_kernels[i] is not { } kernel)
            {
                _slots[node.Id] = _slots[node.Inputs[0]];
                continue;
            }

            string last = node.Id;
            if (kernel is ConvolutionKernel<T> convolution)
            {
                (kernel, last) = Absorb(convolution, node);
            }

            int[] inputs = [.. node.Inputs.Select(input => _slots[input])];
            _steps.Add(new Step<T>(kernel, inputs, AddSlot(last, _network.ShapeOf(last)), node.Id));
        }
    }

    private (Kernel<T> Kernel, string Output) Absorb(ConvolutionKernel<T> convolution, Node node)
    {
        Epilogue<T> epilogue = convolution.Epilogue;
        string last = node.Id;
        if (_open.OnlyReader(last) is { Operation: BatchNorm norm } normNode)
        {
            epilogue = epilogue.Then(norm);
            last = _open.Join(normNode);
        }

        if (_open.OnlyReader(last) is { Operation: Activation activation } activationNode)
        {
            epilogue = epilogue.Then(activation);
            last = _open.Join(activationNode);
        }

        return (convolution.With(epilogue), last);
    }

    private int AddSlot(string value, Shape shape)
    {
        _slots[value] = _slotSizes.Count;
        _slotSizes.Add(shape.Count);
        return _slotSizes.Count - 1;
    }
}
