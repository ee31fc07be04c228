using PluginPrune.Contracts.Plugins;

namespace PluginPrune.HeadClassify;

/// <summary>Knows the heads of networks that say what a whole picture shows.</summary>
[Plugin("pluginprune.head-classify", Description = "Classifies whole pictures, and trains that", License = "Apache-2.0")]
public sealed class HeadClassifyPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) =>
        registry.AddHead<ClassifyOptions>(
            "classify", "One logit for each class of the whole picture; their softmax are probabilities", static options => new ClassifyHead(options));
}
