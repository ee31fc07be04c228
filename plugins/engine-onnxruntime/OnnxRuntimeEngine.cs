using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.EngineOnnxRuntime.Native;
using PluginPrune.EngineOnnxRuntime.Sessions;

namespace PluginPrune.EngineOnnxRuntime;

/// <summary>The engine: a network reaches the library as an ONNX file in memory, which another plugin writes.</summary>
/// <param name="options">The options of a run.</param>
/// <param name="services">Finds who writes ONNX.</param>
internal sealed class OnnxRuntimeEngine(OnnxRuntimeOptions options, IHostServices services) : IParallelEngine, IDescribedEngine
{
    private const string Format = "onnx";

    // The network's own values, whatever the file gave that it was read from.
    private static readonly ImmutableDictionary<string, string> Values = ImmutableDictionary<string, string>.Empty.Add("dynamic-batch", "true").Add("outputs", "raw");

    private readonly Lazy<OrtLibrary> _library = new(OrtLibrary.Load);

    public int Threads => options.Threads == 0 ? Environment.ProcessorCount : options.Threads;

    public IExecutable<float> Compile(Network network) => Compile(network, Threads);

    // With one thread the library computes on its caller's, and a session takes any number of callers.
    public IExecutable<float> CompileParallel(Network network) => Compile(network, threads: 1);

    public EngineDescription Describe() => new(
        $"ONNX Runtime {_library.Value.Version}", _library.Value.Path, Threads, ["cpu"]);

    private OnnxRuntimeExecutable Compile(Network network, int threads)
    {
        ArgumentNullException.ThrowIfNull(network);
        IModelFormat format = FindFormat();
        if (format.FindObstacles(network) is [var first, ..])
        {
            throw new NotSupportedException($"ONNX Runtime does not run the network. {first}");
        }

        var executable = new OnnxRuntimeExecutable(network, new SessionFactory(_library.Value, network, format, threads));
        try
        {
            // What the library does not take is told now, not in the first run; that one mostly asks for the same values.
            executable.Take([.. network.Outputs.Where(value => network.IndexOf(value) >= 0)]).Return();
            return executable;
        }
        catch
        {
            executable.Dispose();
            throw;
        }
    }

    private IModelFormat FindFormat()
    {
        try
        {
            return services.FindFormat(Format, Values);
        }
        catch (ContributionNotFoundException error)
        {
            throw new EngineUnavailableException($"The engine onnxruntime needs the plugin that writes ONNX files: {error.Message}", error);
        }
    }
}
