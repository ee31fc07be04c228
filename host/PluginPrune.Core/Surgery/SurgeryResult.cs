using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Surgery;

/// <summary>What surgery made.</summary>
/// <param name="Network">The small network.</param>
/// <param name="Losses">Constants that could not be moved into what follows; empty for most networks.</param>
public sealed record SurgeryResult(Network Network, ImmutableArray<FoldingLoss> Losses)
{
    /// <summary>
    /// Layers where, in spite of <see cref="FoldingMode.Exact"/>, what was moved is exact inside only: no channel goes that
    /// could have stayed as a constant. Empty for other modes.
    /// </summary>
    public ImmutableArray<Node> InexactAtBorder { get; init; } = [];
}
