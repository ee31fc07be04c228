using System.Collections.Immutable;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineOnnxRuntime.Native;

namespace PluginPrune.EngineOnnxRuntime.Sessions;

/// <summary>Makes sessions that compute some values of a network.</summary>
/// <param name="library">The library.</param>
/// <param name="network">The network.</param>
/// <param name="format">Writes ONNX for any number of pictures.</param>
/// <param name="threads">How many threads compute at once.</param>
internal sealed class SessionFactory(OrtLibrary library, Network network, IModelFormat format, int threads)
{
    // What a file has beside the weights.
    private const int GraphBytes = 1 << 20;

    /// <exception cref="NotSupportedException">The library does not take the network.</exception>
    public RunSession Create(ImmutableArray<string> values)
    {
        Network part = NetworkPart.Of(network, values);
        int[] places = [.. part.Inputs.Select(input => network.Inputs.IndexOf(input))];
        try
        {
            return new RunSession(library, CreateSession(part), part, places, values);
        }
        catch (OrtException error)
        {
            throw new NotSupportedException($"ONNX Runtime {library.Version} does not take the network '{network.Name}': {error.Message}", error);
        }
    }

    private OrtHandle CreateSession(Network part)
    {
        long weights = part.Nodes.Sum(static node => node.Operation.Tensors.Sum(static tensor => (long)tensor.Tensor.Count * sizeof(float)));
        using var memory = new MemoryStream((int)Math.Min(weights + GraphBytes, Array.MaxLength));
        format.Write(part, new ModelBuffer(memory), CancellationToken.None);

        // The format has closed the stream; what it holds is still there.
        return memory.TryGetBuffer(out ArraySegment<byte> model)
            ? library.CreateSession(model, threads)
            : throw new InvalidOperationException("The model is not in memory.");
    }
}
