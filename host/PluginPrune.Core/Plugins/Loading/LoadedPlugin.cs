using System.Collections.Immutable;
using System.Runtime.Loader;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Plugins;

/// <summary>A plugin whose code is in the process and whose contributions are registered.</summary>
public sealed class LoadedPlugin
{
    internal LoadedPlugin(PluginEntry entry, AssemblyLoadContext context, ImmutableArray<Contribution> contributions)
    {
        Entry = entry;
        Context = context;
        Contributions = contributions;
    }

    /// <summary>Where it came from and what its manifest says.</summary>
    public PluginEntry Entry { get; }

    /// <summary>Where its assemblies live.</summary>
    public AssemblyLoadContext Context { get; }

    /// <summary>What it registered, in its order.</summary>
    public ImmutableArray<Contribution> Contributions { get; }
}
