using PluginPrune.Contracts.Criteria;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Selection;

/// <summary>Names options of the criterion at work, for messages that tell what to do: only where it has them.</summary>
internal static class CriterionOption
{
    /// <summary>Keeps a share of every layer whatever its scores say.</summary>
    public const string Floor = "layer-keep";

    /// <summary>Says how tied layers agree.</summary>
    public const string Coupling = "coupling";

    /// <summary>For instance "slim's --layer-keep"; null for a criterion that has no such option.</summary>
    /// <param name="criterion">The criterion; null for none.</param>
    /// <param name="option">The option's name.</param>
    public static string? Of(IPruningCriterion? criterion, string option) => criterion switch
    {
        GuardedCriterion guarded => Of(guarded.Contribution, option),
        PartCriterion parts => Of(parts.Inner, option),
        _ => null,
    };

    /// <summary>For instance "slim's --layer-keep"; null for a criterion that has no such option.</summary>
    /// <param name="criterion">The criterion's contribution; null for none.</param>
    /// <param name="option">The option's name.</param>
    public static string? Of(ContributionInfo? criterion, string option) =>
        criterion is not null && criterion.Options.Any(known => known.Name == option) ? $"{criterion.Name}'s --{option}" : null;
}
