using PluginPrune.Contracts.Plugins;

namespace PluginPrune.EvaluatorFidelity;

/// <summary>Registers the evaluator 'fidelity'.</summary>
[Plugin("pluginprune.evaluator-fidelity", Description = "Tells how far networks' outputs are from those of the first", License = "Apache-2.0")]
public sealed class FidelityEvaluatorPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddEvaluator<FidelityOptions>(
            "fidelity",
            "How far outputs and detections are from those of the first network, without labels",
            static options => new FidelityEvaluator(options));
    }
}
