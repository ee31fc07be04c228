using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Core.Plans;

/// <summary>Chooses the residual blocks that go: the lowest scores, of equal scores the later block.</summary>
internal static class BlockChooser
{
    /// <exception cref="PlanException">More are asked for than can go.</exception>
    public static (ImmutableArray<ResidualBlock> Blocks, ImmutableSortedDictionary<string, double> Scores) Choose(
        Network network, PlanRequest request)
    {
        int count = request.Blocks;
        IBlockCriterion criterion = request.BlockCriterion ?? throw new PlanException("Blocks are to go, and no block criterion says which.");
        ImmutableArray<ResidualBlock> found = BlockFinder.Find(network);
        ImmutableArray<ResidualBlock> candidates = request.Kept?.WithoutKept(network, found) ?? found;
        var scored = candidates
            .Select(block => (Block: block, Score: criterion.Score(network, block)))
            .Where(static pair => pair.Score is not null)
            .OrderBy(static pair => pair.Score)
            .ThenByDescending(static pair => pair.Block.Index)
            .ToArray();

        // A block within another one goes with it and is not counted on its own.
        var gone = new HashSet<string>(StringComparer.Ordinal);
        var chosen = new List<ResidualBlock>();
        foreach ((ResidualBlock block, _) in scored)
        {
            if (chosen.Count < count && !gone.Contains(block.Junction.Id))
            {
                chosen.Add(block);
                gone.UnionWith(block.Branch.Select(static node => node.Id));
            }
        }

        if (chosen.Count < count)
        {
            int kept = found.Length - candidates.Length;
            string reason = found.IsEmpty
                ? "the network has no residual block that can be removed"
                : string.Create(CultureInfo.InvariantCulture, $"of its {found.Length} removable residual blocks {(kept == 0 ? string.Empty : $"({kept} of them kept) ")}the block criterion can judge {scored.Length}, and {chosen.Count} can go together");
            throw new PlanException(string.Create(CultureInfo.InvariantCulture, $"{count} blocks are to go: {reason}."));
        }

        return (
            [.. chosen.OrderBy(static block => block.Index)],
            scored.ToImmutableSortedDictionary(static pair => pair.Block.Junction.Id, static pair => pair.Score!.Value, StringComparer.Ordinal));
    }
}
