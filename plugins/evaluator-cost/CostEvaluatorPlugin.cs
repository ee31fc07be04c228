using PluginPrune.Contracts.Plugins;

namespace PluginPrune.EvaluatorCost;

/// <summary>Registers the evaluator 'cost'.</summary>
[Plugin("pluginprune.evaluator-cost", Description = "Counts what networks cost: parameters, FLOPs, bytes, channels, layers", License = "Apache-2.0")]
public sealed class CostEvaluatorPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddEvaluator<NoOptions>(
            "cost", "Parameters, GFLOPs, bytes, channels and layers, counted", static _ => new CostEvaluator());
    }
}
