using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>What a command that takes --criterion says of words that make sense behind that option alone.</summary>
internal static class CriterionHints
{
    /// <summary>For instance 'Did you mean --criterion slim?'; null where the word has nothing to do with a criterion.</summary>
    public static string? Of(PluginHost plugins, string token)
    {
        string[] criteria =
        [
            .. plugins.Contributions(ContributionKind.Criterion)
                .Where(criterion => criterion.Name == token || criterion.Options.Any(option => option.Aliases.Append(option.Name).Any(name => "--" + name == token)))
                .Select(static criterion => criterion.Name),
        ];
        return criteria switch
        {
            [] => null,
            _ when token.StartsWith('-') => $"It belongs to {string.Join(" and ", criteria.Select(static name => "--criterion " + name))}.",
            _ => $"Did you mean --criterion {token}?",
        };
    }
}
