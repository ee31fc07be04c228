using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.TestKit;

/// <summary>What the host does for contributions, over a few plugins.</summary>
/// <param name="plugins">The plugins whose contributions can be found.</param>
public sealed class PluginServices(params IPlugin[] plugins) : IHostServices
{
    /// <inheritdoc />
    public IModelFormat FindFormat(string name, IReadOnlyDictionary<string, string> options) =>
        (IModelFormat?)plugins.SelectMany(PluginFactory.Contributions)
            .FirstOrDefault(contribution => contribution.Kind == ContributionKind.Format && contribution.Name == name)?.Create(options, this)
        ?? throw new ContributionNotFoundException($"No plugin contributes the format '{name}'.");
}
