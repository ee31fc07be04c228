using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>Heads are asked for by networks, not by command lines: they have no options.</summary>
internal static class PluginHeads
{
    /// <summary>What understands a kind of heads.</summary>
    /// <param name="plugins">The plugins.</param>
    /// <param name="kind">The kind.</param>
    /// <exception cref="PluginException">Nobody contributes it, or its plugin is at fault.</exception>
    public static IHead FindHead(this PluginHost plugins, string kind) =>
        plugins.Create<IHead>(ContributionKind.Head, kind, ImmutableDictionary<string, string>.Empty).GetOrThrow();
}
