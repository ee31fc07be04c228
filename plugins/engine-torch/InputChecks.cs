using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineTorch.Planning;

namespace PluginPrune.EngineTorch;

/// <summary>Refuses batches that do not fit the network.</summary>
internal static class InputChecks
{
    /// <returns>The size of the batches.</returns>
    public static int Check(Network network, IReadOnlyList<Batch<float>> inputs) => Check(network, inputs, static (given, wanted) => given == wanted);

    /// <summary>Lets heights and widths differ.</summary>
    /// <returns>The size of the batches.</returns>
    public static int CheckResizable(Network network, IReadOnlyList<Batch<float>> inputs) =>
        Check(network, inputs, static (given, wanted) => given.Rank == wanted.Rank && given.Channels == wanted.Channels);

    /// <summary>Refuses batches whose results would not fit into arrays.</summary>
    public static void CheckSize(int size, Plan plan) => CheckSize(size, plan.LargestResult);

    /// <summary>Refuses batches whose results would not fit into arrays.</summary>
    public static void CheckSize(int size, PlanResult[] results) =>
        CheckSize(size, results.Length == 0 ? 1 : results.Max(static result => result.Shape.Count));

    private static int Check(Network network, IReadOnlyList<Batch<float>> inputs, Func<Shape, Shape, bool> fits)
    {
        if (inputs.Count != network.Inputs.Length)
        {
            throw new ArgumentException(
                $"The network takes {network.Inputs.Length} inputs ({string.Join(", ", network.Inputs.Select(static input => input.Name))}); {inputs.Count} were given.",
                nameof(inputs));
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            NetworkInput input = network.Inputs[i];
            if (inputs[i] is not { } batch)
            {
                throw new ArgumentException($"The batch for input '{input.Name}' is null.", nameof(inputs));
            }

            if (!fits(batch.Shape, input.Shape))
            {
                throw new ArgumentException(
                    $"Input '{input.Name}' takes {input.Shape}; the batch given holds {batch.Shape}.", nameof(inputs));
            }

            if (batch.Size != inputs[0].Size)
            {
                throw new ArgumentException(
                    $"Input '{input.Name}' has a batch of {batch.Size}, input '{network.Inputs[0].Name}' one of {inputs[0].Size}; they must be equal.",
                    nameof(inputs));
            }
        }

        return inputs[0].Size;
    }

    private static void CheckSize(int size, int largest)
    {
        if ((long)size * largest > Array.MaxLength)
        {
            throw new ArgumentException(
                $"A batch of {size} would give a value of {(long)size * largest} elements; {Array.MaxLength} is the most. Run smaller batches.");
        }
    }
}
