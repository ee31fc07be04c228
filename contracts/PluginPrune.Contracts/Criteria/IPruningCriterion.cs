namespace PluginPrune.Contracts.Criteria;

/// <summary>Says which channels of a network go.</summary>
/// <remarks>
/// One instance serves one run and is called from one thread. It must not keep or change what it is given. Most criteria
/// derive from <see cref="ScoringCriterion"/> and only score; the host selects.
/// </remarks>
public interface IPruningCriterion
{
    /// <summary>Decides for all groups of a network.</summary>
    /// <param name="context">The network and its channel groups.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Scores with a rule, or masks. The host adds what must not go: locked channels, floors, constraints.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken);
}
