using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineOnnxRuntime.Sessions;

/// <summary>Batches must be what the network's inputs take.</summary>
internal static class InputCheck
{
    /// <exception cref="ArgumentException">One is not.</exception>
    public static void Check(Network network, IReadOnlyList<Batch<float>> inputs)
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

            if (batch.Shape != input.Shape)
            {
                throw new ArgumentException($"Input '{input.Name}' takes {input.Shape}; the batch given holds {batch.Shape}.", nameof(inputs));
            }

            if (batch.Size != inputs[0].Size)
            {
                throw new ArgumentException(
                    $"Input '{input.Name}' has a batch of {batch.Size}, input '{network.Inputs[0].Name}' one of {inputs[0].Size}; they must be equal.",
                    nameof(inputs));
            }
        }
    }
}
