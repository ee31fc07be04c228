using System.Globalization;
using PluginPrune.Contracts.Engines;
using PluginPrune.EngineManaged;
using PluginPrune.Plugins.Tests.OnnxRuntime;
using PluginPrune.Plugins.Tests.TorchEngine;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.ParallelRuns;

/// <summary>The engines that run several pictures at once.</summary>
internal static class ParallelEngines
{
    public static IParallelEngine Create(string name, int threads)
    {
        string text = threads.ToString(CultureInfo.InvariantCulture);
        return name switch
        {
            "managed" => PluginFactory.Create<ManagedEnginePlugin, IParallelEngine>("managed", ("threads", text)),
            "onnxruntime" => (IParallelEngine)Ort.Create(threads),
            "torch" => (IParallelEngine)Torch.Engine(("threads", text)),
            _ => throw new ArgumentException($"There is no engine '{name}'."),
        };
    }
}
