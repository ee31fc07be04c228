using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Blocks;

/// <summary>Says which residual blocks matter least; the host removes as many as it was asked for, lowest first.</summary>
/// <remarks>One instance serves one run and is called from one thread. It must not keep or change what it is given.</remarks>
public interface IBlockCriterion
{
    /// <summary>Scores a block.</summary>
    /// <param name="network">The network that the block belongs to.</param>
    /// <param name="block">The block.</param>
    /// <returns>
    /// A finite number, the larger the more the block is worth keeping, or null where the block has nothing that this
    /// criterion can judge by: it then stays.
    /// </returns>
    double? Score(Network network, ResidualBlock block);
}
