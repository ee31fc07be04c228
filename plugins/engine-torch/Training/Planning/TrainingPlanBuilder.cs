using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Planning;
using PluginPrune.EngineTorch.Training.Calls;

namespace PluginPrune.EngineTorch.Training.Planning;

/// <summary>
/// Works out what must be computed for the values wanted, and nothing else. An activation that alone reads a batch norm joins
/// its step where the two can be one, and so does the max pool that alone reads the activation.
/// </summary>
/// <param name="network">The network at the size that is run.</param>
/// <param name="factory">Makes the calls.</param>
internal sealed class TrainingPlanBuilder(Network network, TrainingCallFactory factory)
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _needed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _joined = new(StringComparer.Ordinal);
    private readonly List<bool> _wanted = [];
    private readonly List<TrainingStep> _steps = [];

    /// <exception cref="ArgumentException">A value does not exist.</exception>
    public TrainingPlan Build(IReadOnlyList<string> values)
    {
        foreach (NetworkInput input in network.Inputs)
        {
            AddSlot(input.Name, isWanted: false);
        }

        FindNeeded(values);
        foreach (Node node in network.Nodes)
        {
            if (_needed.Contains(node.Id) && !_joined.Contains(node.Id))
            {
                AddStep(node, values);
            }
        }

        PlanResult[] results = [.. values.Select(value => new PlanResult(_slots[value], network.ShapeOf(value)))];
        TrainingStep[] steps = [.. _steps];
        TrainingLifetimes.Assign(steps, _wanted.Count, [.. results.Select(static result => result.Slot)]);
        return new TrainingPlan
        {
            Inputs = [.. network.Inputs.Select(static input => input.Shape)],
            Values = [.. values],
            Steps = steps,
            Wanted = [.. _wanted],
            Results = results,
        };
    }

    private void FindNeeded(IReadOnlyList<string> values)
    {
        foreach (string value in values)
        {
            if (network.Find(value) is null && !_slots.ContainsKey(value))
            {
                throw new ArgumentException($"The network has no value '{value}'.", nameof(values));
            }

            _needed.Add(value);
        }

        // Nodes stand after all that they read: one pass from the back finds everything.
        foreach (Node node in network.Nodes.Reverse())
        {
            if (_needed.Contains(node.Id))
            {
                _needed.UnionWith(node.Inputs);
            }
        }
    }

    private void AddStep(Node node, IReadOnlyList<string> values)
    {
        int[] inputs = [.. node.Inputs.Select(input => _slots[input])];
        Node last = node;
        TrainingCall? call = null;
        if (node.Operation is BatchNorm norm && OnlyReader(node, values) is { Operation: Activation activation } reader)
        {
            if (OnlyReader(reader, values) is { Operation: MaxPool pool } poolNode)
            {
                call = factory.Join(node, norm, activation, pool);
                last = poolNode;
            }

            if (call is null)
            {
                call = factory.Join(node, norm, activation);
                last = call is null ? node : reader;
            }
        }

        call ??= factory.Create(node);
        if (call is null)
        {
            _slots[node.Id] = inputs[0];
            return;
        }

        bool isKept = call.IsTrained || inputs.Any(slot => _wanted[slot]);
        AddSlot(last.Id, isKept);
        for (Node joined = node; joined != last; joined = network.ConsumersOf(joined.Id).First(reader => _needed.Contains(reader.Id)))
        {
            _joined.Add(joined.Id);
        }

        _joined.Add(last.Id);
        _steps.Add(new TrainingStep(call, inputs, _slots[last.Id], isKept));
    }

    private void AddSlot(string value, bool isWanted)
    {
        _slots.Add(value, _wanted.Count);
        _wanted.Add(isWanted);
    }

    private Node? OnlyReader(Node node, IReadOnlyList<string> values) =>
        !values.Contains(node.Id, StringComparer.Ordinal)
        && network.ConsumersOf(node.Id).Where(reader => _needed.Contains(reader.Id)).ToArray() is [var only]
            ? only
            : null;
}
