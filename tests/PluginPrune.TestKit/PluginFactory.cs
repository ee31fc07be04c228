using PluginPrune.Contracts.Plugins;

namespace PluginPrune.TestKit;

/// <summary>Makes what a plugin contributes, through its public entry alone, as the host does.</summary>
public static class PluginFactory
{
    /// <summary>Makes a contribution of a plugin.</summary>
    /// <typeparam name="TPlugin">The plugin's entry.</typeparam>
    /// <typeparam name="TService">What the contribution is.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="options">Option names in kebab-case and values.</param>
    public static TService Create<TPlugin, TService>(string name, params (string Name, string Value)[] options)
        where TPlugin : IPlugin, new()
    {
        var registry = new Registry();
        new TPlugin().Register(registry);
        Contribution contribution = registry.Contributions.Single(contribution => contribution.Name == name);
        return (TService)contribution.Create(options.ToDictionary(static option => option.Name, static option => option.Value, StringComparer.Ordinal));
    }

    private sealed class Registry : IPluginRegistry
    {
        public List<Contribution> Contributions { get; } = [];

        public void Add(Contribution contribution) => Contributions.Add(contribution);
    }
}
