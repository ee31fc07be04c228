using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Planning;
using PluginPrune.EngineTorch.Training.Calls;
using PluginPrune.Shared.Planning;

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
    private readonly List<bool> _wanted = [];
    private readonly List<TrainingStep> _steps = [];

    /// <exception cref="ArgumentException">A value does not exist.</exception>
    public TrainingPlan Build(IReadOnlyList<string> values)
    {
        foreach (NetworkInput input in network.Inputs)
        {
            AddSlot(input.Name, isWanted: false);
        }

        var open = new OpenNodes(network, values);
        foreach (Node node in network.Nodes)
        {
            if (open.Contains(node))
            {
                AddStep(node, open);
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

    private void AddStep(Node node, OpenNodes open)
    {
        int[] inputs = [.. node.Inputs.Select(input => _slots[input])];
        (TrainingCall? call, string last) = Join(node, open);
        call ??= factory.Create(node);
        if (call is null)
        {
            _slots[node.Id] = inputs[0];
            return;
        }

        bool isKept = call.IsTrained || inputs.Any(slot => _wanted[slot]);
        AddSlot(last, isKept);
        _steps.Add(new TrainingStep(call, inputs, _slots[last], isKept));
    }

    private (TrainingCall? Call, string Output) Join(Node node, OpenNodes open)
    {
        if (node.Operation is not BatchNorm norm || open.OnlyReader(node.Id) is not { Operation: Activation activation } reader)
        {
            return (null, node.Id);
        }

        if (open.OnlyReader(reader.Id) is { Operation: MaxPool pool } poolNode && factory.Join(node, norm, activation, pool) is { } pooled)
        {
            open.Join(reader);
            return (pooled, open.Join(poolNode));
        }

        return factory.Join(node, norm, activation) is { } joined ? (joined, open.Join(reader)) : (null, node.Id);
    }

    private void AddSlot(string value, bool isWanted)
    {
        _slots.Add(value, _wanted.Count);
        _wanted.Add(isWanted);
    }
}
