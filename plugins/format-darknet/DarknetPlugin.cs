using PluginPrune.Contracts.Plugins;

namespace PluginPrune.FormatDarknet;

/// <summary>Reads and writes the .cfg and .weights files of Darknet (AlexeyAB's fork).</summary>
[Plugin("pluginprune.format-darknet", Description = "Reads and writes Darknet's .cfg and .weights files", License = "Apache-2.0")]
public sealed class DarknetPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) =>
        registry.AddFormat<DarknetOptions>(
            "darknet", "Darknet networks: a .cfg file with its .weights", [".cfg"], static options => new DarknetFormat(options));
}
