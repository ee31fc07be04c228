using System.Reflection;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Plugins;

/// <summary>The one assembly that host and plugins share.</summary>
internal static class HostContracts
{
    public static Assembly Assembly { get; } = typeof(IPlugin).Assembly;

    public static string Name { get; } = Assembly.GetName().Name!;

    public static Version Version { get; } = Assembly.GetName().Version!;

    /// <summary>Whether the host or the plugin is behind decides what is to be done.</summary>
    public static string RemedyFor(ContractsRange wanted, Version host) =>
        (wanted.Major, wanted.Minor).CompareTo((host.Major, host.Minor)) > 0
            ? $"Update the host to one with contracts {wanted.Major}.{wanted.Minor}, or install a version of the plugin built for contracts {host.Major}.{host.Minor}."
            : $"Install a version of the plugin built for contracts {host.Major}.{host.Minor}.";
}
