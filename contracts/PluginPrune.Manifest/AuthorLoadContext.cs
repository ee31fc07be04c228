using System.Reflection;
using System.Runtime.Loader;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Manifest;

/// <summary>Loads a plugin as the host does: the contracts are this process's own, everything else is the plugin's.</summary>
internal sealed class AuthorLoadContext(string assembly) : AssemblyLoadContext("plugin")
{
    private static readonly Assembly Contracts = typeof(IPlugin).Assembly;

    private readonly AssemblyDependencyResolver _resolver = new(assembly);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == Contracts.GetName().Name)
        {
            return Contracts;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
