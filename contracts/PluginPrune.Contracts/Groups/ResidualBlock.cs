using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Groups;

/// <summary>
/// A residual block that can be removed whole: an addition of a value and a branch that begins at that value and is read by
/// nothing else. Without it the value itself goes on.
/// </summary>
/// <param name="Index">The place of the block among the network's blocks, from 0, in the order of the additions.</param>
/// <param name="Junction">The addition.</param>
/// <param name="Input">The value that the branch begins at and that stays.</param>
/// <param name="Branch">The nodes that go with the block, in the network's order; the addition is not among them.</param>
public sealed record ResidualBlock(int Index, Node Junction, string Input, ImmutableArray<Node> Branch);
