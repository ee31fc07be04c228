using PluginPrune.Contracts.Plugins;

namespace PluginPrune.EvaluatorClassification;

/// <summary>Registers the evaluator 'classification'.</summary>
[Plugin("pluginprune.evaluator-classification", Description = "How many pictures are classified rightly", License = "Apache-2.0")]
public sealed class ClassificationEvaluatorPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) =>
        registry.AddEvaluator<ClassificationOptions>(
            "classification",
            "Top-1 and top-5 accuracy on pictures of one class each, by class too, and which classes are taken for which",
            static options => new ClassificationEvaluator(options));
}
