using PluginPrune.Contracts.Engines;
using PluginPrune.EngineManaged;
using PluginPrune.EngineOnnxRuntime;
using PluginPrune.EngineTorch;
using PluginPrune.FormatOnnx;
using PluginPrune.TestKit;

namespace PluginPrune.EngineRunner;

/// <summary>The engines that are compared, each through its plugin's entry.</summary>
internal static class Engines
{
    public static IEngine Create(string name, string threads) => name switch
    {
        "managed" => PluginFactory.Create<ManagedEnginePlugin, IEngine>(name, ("threads", threads)),
        "onnxruntime" => PluginFactory.Create<OnnxRuntimePlugin, IEngine>(name, new PluginServices(new OnnxPlugin()), ("threads", threads)),
        "torch" => PluginFactory.Create<TorchPlugin, IEngine>(name, ("threads", threads)),
        _ => throw new ArgumentException($"There is no engine '{name}' here."),
    };
}
