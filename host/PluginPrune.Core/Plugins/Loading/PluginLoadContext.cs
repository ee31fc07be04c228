using System.Reflection;
using System.Runtime.Loader;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Plugins;

/// <summary>
/// Where a plugin's assemblies live. Shared with the host are the contracts, always the host's own whatever version is asked
/// for, and the framework; everything else is the plugin's and lies in its folder. Not collectible: such code runs slower.
/// </summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;

    /// <exception cref="PluginException">The plugin's deps.json is damaged.</exception>
    public PluginLoadContext(PluginEntry plugin)
        : base(plugin.DisplayName)
    {
        Plugin = plugin;
        try
        {
            _resolver = new AssemblyDependencyResolver(plugin.EntryPath);
        }
        catch (InvalidOperationException fault)
        {
            // The list was looked through before; what the runtime still finds is told in its words.
            throw new PluginException(PluginPreflight.DependencyListCorrupt(plugin, fault.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')), fault);
        }
    }

    /// <summary>Whose assemblies they are.</summary>
    public PluginEntry Plugin { get; }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == HostContracts.Name)
        {
            // Returning null would let the version decide, and a private copy would make types that are not the host's.
            return HostContracts.Assembly;
        }

        if (_resolver.ResolveAssemblyToPath(assemblyName) is { } path)
        {
            return LoadFromAssemblyPath(Contained(path));
        }

        return HostAssemblies.IsPrivate(assemblyName.Name)
            ? throw Refuse(DiagnosticCodes.HostPrivateAssembly, Plugin.EntryPath, $"The plugin needs {assemblyName.Name}, which is not in its folder; the host has one and does not lend it.", $"Publish the plugin with its own {assemblyName.Name}.dll, or use the contracts alone.")
            : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        if (unmanagedDllName.Split('/', '\\').Contains("..", StringComparer.Ordinal))
        {
            throw Outside(unmanagedDllName, unmanagedDllName);
        }

        // Neither: the runtime goes on to look where the system keeps its libraries.
        string? path = _resolver.ResolveUnmanagedDllToPath(unmanagedDllName);
        path ??= Path.IsPathRooted(unmanagedDllName) ? null : NativeProbe.Find(Plugin.Folder, unmanagedDllName);
        return path is null ? 0 : LoadUnmanagedDllFromPath(Contained(path));
    }

    private string Contained(string path)
    {
        string real = PluginFolder.RealPath(path);
        if (!PluginFolder.Contains(Plugin.Folder, real))
        {
            throw Outside(path, real);
        }

        // The runtime would open it, and of a pipe wait for ever.
        return OrdinaryFile.LengthOf(real) > 0
            ? real
            : throw Refuse(DiagnosticCodes.AssemblyRefused, path, $"{Path.GetFileName(path)} cannot be loaded: {OrdinaryFile.NoLength}.", "Install the plugin again.");
    }

    private PluginException Outside(string path, string real) =>
        Refuse(DiagnosticCodes.OutsideFolder, path, $"{Path.GetFileName(path)} leads to {real}, outside the plugin's folder.", "Copy the file into the folder; a plugin brings all that it needs.");

    private PluginException Refuse(string code, string path, string message, string remedy) =>
        new(new PluginDiagnostic(code, DiagnosticSeverity.Error, Plugin.Id, path, message, remedy), cause: null);
}
