using PluginPrune.Contracts.Formats;

namespace PluginPrune.Contracts.Plugins;

/// <summary>What the host does for any contribution: it finds others by name, since no plugin refers to another.</summary>
public interface IHostServices
{
    /// <summary>A model format, with options of its own.</summary>
    /// <param name="name">The contribution's name, or publisher.plugin/name.</param>
    /// <param name="options">Option names in kebab-case and their values as text, invariant culture; others take their defaults.</param>
    /// <exception cref="ContributionNotFoundException">No loadable plugin contributes it.</exception>
    /// <exception cref="Options.OptionException">An option is unknown or its value is not allowed.</exception>
    IModelFormat FindFormat(string name, IReadOnlyDictionary<string, string> options);
}
