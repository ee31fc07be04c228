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
        where TPlugin : IPlugin, new() =>
        Create<TPlugin, TService>(name, new PluginServices(), options);

    /// <summary>Makes a contribution that needs others.</summary>
    /// <typeparam name="TPlugin">The plugin's entry.</typeparam>
    /// <typeparam name="TService">What the contribution is.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="services">Finds the others.</param>
    /// <param name="options">Option names in kebab-case and values.</param>
    public static TService Create<TPlugin, TService>(string name, IHostServices services, params (string Name, string Value)[] options)
        where TPlugin : IPlugin, new()
    {
        Contribution contribution = Contributions(new TPlugin()).Single(contribution => contribution.Name == name);
        return (TService)contribution.Create(options.ToDictionary(static option => option.Name, static option => option.Value, StringComparer.Ordinal), services);
    }

    /// <summary>What a plugin contributes.</summary>
    /// <param name="plugin">The plugin's entry.</param>
    public static IReadOnlyList<Contribution> Contributions(IPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var registry = new Registry();
        plugin.Register(registry);
        return registry.Contributions;
    }

    private sealed class Registry : IPluginRegistry
    {
        public List<Contribution> Contributions { get; } = [];

        public void Add(Contribution contribution) => Contributions.Add(contribution);
    }
}
