using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>Heads are asked for by networks, not by command lines. What they find needs no options; their losses do, given by --set.</summary>
internal static class PluginHeads
{
    /// <summary>What understands a kind of heads.</summary>
    /// <param name="plugins">The plugins.</param>
    /// <param name="kind">The kind.</param>
    /// <exception cref="PluginException">Nobody contributes it, or its plugin is at fault.</exception>
    public static IHead FindHead(this PluginHost plugins, string kind) =>
        plugins.Create<IHead>(ContributionKind.Head, kind, ImmutableDictionary<string, string>.Empty).GetOrThrow();

    /// <summary>What understands a kind of heads, with the options that the command line gives it.</summary>
    /// <param name="contributions">All heads must have been made known to it, see <see cref="KnowHeads"/>.</param>
    /// <param name="result">What was parsed.</param>
    /// <param name="kind">The kind.</param>
    /// <exception cref="PluginException">Nobody contributes it, or its plugin is at fault.</exception>
    public static IHead FindHead(this ContributionSet contributions, ParseResult result, string kind) =>
        contributions.Create<IHead>(contributions.Named(ContributionKind.Head, kind), result);

    /// <summary>Lets --set give the options of every head that there is.</summary>
    public static void KnowHeads(this ContributionSet contributions)
    {
        foreach ((string name, _) in contributions.Known(ContributionKind.Head).ToArray())
        {
            contributions.Candidate(ContributionKind.Head, name);
        }
    }
}
