using System.Collections.Immutable;
using PluginPrune.Contracts.Options;

namespace PluginPrune.Contracts.Criteria;

/// <summary>What the host does for a criterion that builds on others.</summary>
public interface IPruningServices
{
    /// <summary>Applies a decision's rule as the host would, floors and tied layers included.</summary>
    /// <param name="context">The context that the decision was made in.</param>
    /// <param name="decision">Scores with a rule, or masks.</param>
    ChannelMasks Select(PruningContext context, ChannelDecision decision);

    /// <summary>Another criterion, with options of its own.</summary>
    /// <param name="name">The contribution's name, or publisher.plugin/name.</param>
    /// <param name="options">Option names in kebab-case and their values as text, invariant culture; others take their defaults.</param>
    /// <exception cref="Plugins.ContributionNotFoundException">No loadable plugin contributes it.</exception>
    /// <exception cref="OptionException">An option is unknown or its value is not allowed, or the criterion is one of those that build on it.</exception>
    /// <remarks>What the user gave it by `--set` is added. Where both give an option, that is the user's error.</remarks>
    IPruningCriterion FindCriterion(string name, IReadOnlyDictionary<string, string> options);

    /// <summary>Which options another criterion takes, as its manifest declares them; nothing is loaded.</summary>
    /// <param name="name">The contribution's name, or publisher.plugin/name.</param>
    /// <exception cref="Plugins.ContributionNotFoundException">No loadable plugin contributes it.</exception>
    ImmutableArray<OptionDescriptor> OptionsOf(string name);
}
