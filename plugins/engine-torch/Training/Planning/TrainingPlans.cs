using PluginPrune.Contracts.Networks;
using PluginPrune.EngineTorch.Training.Calls;
using PluginPrune.EngineTorch.Training.Parameters;

namespace PluginPrune.EngineTorch.Training.Planning;

/// <summary>The plans of a session, some of which are kept: pictures of several sizes take turns.</summary>
internal sealed class TrainingPlans(Network network, ParameterSet parameters, TrainingOptions options)
{
    private const int MostKept = 32;

    private readonly List<TrainingPlan> _plans = [];

    /// <exception cref="ArgumentException">A value does not exist, or the network cannot take inputs of these shapes.</exception>
    public TrainingPlan Find(Shape[] inputs, IReadOnlyList<string> values)
    {
        if (_plans.Find(plan => plan.IsFor(inputs, values)) is { } kept)
        {
            return kept;
        }

        Network sized = Resize(inputs);
        TrainingPlan made = new TrainingPlanBuilder(sized, new TrainingCallFactory(sized, parameters, options)).Build(values);
        if (_plans.Count == MostKept)
        {
            _plans.RemoveAt(0);
        }

        _plans.Add(made);
        return made;
    }

    private Network Resize(Shape[] inputs)
    {
        if (network.Inputs.Select(static input => input.Shape).SequenceEqual(inputs))
        {
            return network;
        }

        try
        {
            return new Network(
                network.Name, network.Inputs.Select((input, i) => input with { Shape = inputs[i] }), network.Nodes, network.Heads);
        }
        catch (NetworkException misfit)
        {
            throw new ArgumentException($"The network does not take inputs of {string.Join(" and ", inputs)}: {misfit.Message}", nameof(inputs), misfit);
        }
    }
}
