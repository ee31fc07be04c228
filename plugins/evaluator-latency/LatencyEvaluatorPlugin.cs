using PluginPrune.Contracts.Plugins;

namespace PluginPrune.EvaluatorLatency;

/// <summary>Registers the evaluator 'latency'.</summary>
[Plugin("pluginprune.evaluator-latency", Description = "Measures how long networks take", License = "Apache-2.0")]
public sealed class LatencyEvaluatorPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddEvaluator<LatencyOptions>(
            "latency",
            "Milliseconds a picture, of all networks in turns, and layer by layer where the engine tells",
            static options => new LatencyEvaluator(options));
    }
}
