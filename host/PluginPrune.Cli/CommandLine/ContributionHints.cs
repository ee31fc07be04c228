using PluginPrune.Cli.Plugins;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>What a command that takes --criterion or --evaluator says of words that make sense behind that option alone.</summary>
internal static class ContributionHints
{
    /// <summary>For instance 'Did you mean --criterion slim?'; null where the word has nothing to do with a contribution of the kind.</summary>
    /// <param name="plugins">Where contributions are found.</param>
    /// <param name="token">The word.</param>
    /// <param name="kind">A kind that the command has an option for, of the kind's name.</param>
    public static string? Of(PluginHost plugins, string token, ContributionKind kind)
    {
        ContributionInfo[] meant =
        [
            .. plugins.Contributions(kind)
                .Where(known => known.Name == token || known.Options.Any(option => option.Aliases.Append(option.Name).Any(name => "--" + name == token))),
        ];
        return meant switch
        {
            [] => null,
            _ when token.StartsWith('-') => $"It belongs to {string.Join(" and ", meant.Select(static known => $"--{PluginJson.KindOf(known)} {known.Name}"))}.",
            _ => $"Did you mean --{PluginJson.KindOf(meant[0])} {token}?",
        };
    }
}
