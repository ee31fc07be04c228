using System.Collections.Immutable;
using PluginPrune.Contracts.Options;

namespace PluginPrune.Contracts.Criteria;

/// <summary>What the host does for criteria: it measures channels, applies rules, and finds others to build on.</summary>
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

    /// <summary>
    /// Measures channels on the labelled pictures that the user gives: those for training, where there are such. The network computes as
    /// in inference: batch norms with their running statistics, no augmentation, nothing dropped out; the loss is that of its heads.
    /// </summary>
    /// <remarks>
    /// Ask for all layers at once: whatever is not known yet costs a run over all the pictures, and with another number of pictures, or
    /// another size of batches, nothing is known. So <see cref="IPruningCriterion.Decide"/> is the place to ask, not
    /// <see cref="ScoringCriterion.Score"/>, which sees one layer.
    /// </remarks>
    /// <param name="context">The context that is decided in.</param>
    /// <param name="measurement">What is measured. What was measured before in the same run is not measured again.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>For each measure a number of 0 or more for each of the node's output channels, accumulated in double precision; the arrays are the caller's.</returns>
    /// <exception cref="MeasurementException">There are no labelled pictures, no engine that trains, or no loss, or a derivative is not finite.</exception>
    /// <exception cref="ArgumentException">A node does not exist or has nothing of what is to be measured, or a count is below 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ImmutableArray<double[]> Measure(PruningContext context, ChannelMeasurement measurement, CancellationToken cancellationToken);

    /// <summary>
    /// Measures what layers read on the pictures that the user gives, those for training where there are such; labels are not looked at.
    /// The network computes as in inference. Of layers with many places some are drawn, as many as the size of the answer needs.
    /// </summary>
    /// <param name="context">The context that is decided in.</param>
    /// <param name="measurement">What is measured; each call runs the network over all the pictures.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The moments, accumulated in double precision; the arrays are the caller's.</returns>
    /// <exception cref="MeasurementException">There are no pictures, no engine runs the network, or a value is not finite.</exception>
    /// <exception cref="ArgumentException">A node does not exist or is of another kind, or a count is below 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    InputStatistics MeasureInputs(PruningContext context, InputMeasurement measurement, CancellationToken cancellationToken);
}
