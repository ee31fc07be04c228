using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionGroupNorm;

/// <summary>
/// The norm-based score of DepGraph (Fang et al. 2023, section 3.3): the squared L2 norms of all slices that go with an element of
/// a group, added up: filters of the layers that make it, depthwise layers and scales of batch norms on its way, and the slices
/// of all layers that read it; relative to their mean in the group, so that groups can be compared. Biases, shifts and running
/// statistics do not count, and what a layer both makes and reads of one element counts on both sides, as in the authors' programs.
/// </summary>
/// <remarks>
/// A layer's own score is the root of its share: its own slice, and of what is read an equal part for each of its element's
/// channels. So the coupling L2 gives the root of the published sum, which ranks as the sum does, and the others compare
/// layers that tell as much as they can. Where nothing is tied, all couplings are the same.
/// </remarks>
internal sealed class GroupNormCriterion(GroupNormOptions options) : IPruningCriterion
{
    /// <inheritdoc />
    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        Dictionary<string, WeightEnergies> energies = WeightEnergies.Of(context.Network, cancellationToken);
        return ChannelDecision.FromScores([.. context.Groups.Where(static group => !group.IsLocked).SelectMany(group => Score(group, energies))], options.Rule);
    }

    private MemberScores[] Score(ChannelGroup group, Dictionary<string, WeightEnergies> energies)
    {
        double[] read = ReadEnergies(group, energies);
        int[] channels = new int[group.Size];
        foreach (int element in group.Members.SelectMany(static member => member.Elements))
        {
            channels[element]++;
        }

        double[][] shares = new double[group.Members.Length][];
        for (int m = 0; m < shares.Length; m++)
        {
            GroupMember member = group.Members[m];
            shares[m] = OwnEnergies(member, energies);
            for (int i = 0; i < shares[m].Length; i++)
            {
                int element = member.Elements[i];
                shares[m][i] += read[element] / channels[element];
            }
        }

        double ofGroup = shares.Sum(static share => share.Sum()) / group.Size;
        return [.. group.Members.Select((member, m) => new MemberScores(group, member, Roots(shares[m], UnitOf(shares[m], ofGroup))))];
    }

    /// <summary>What energies are divided by: the mean of what makes one choice, which under L2 is the group, else the layer.</summary>
    private double UnitOf(double[] shares, double ofGroup)
    {
        double mean = options.Coupling == Coupling.L2 ? ofGroup : shares.Sum() / shares.Length;

        // Where all weights are 0, so are the scores.
        return options.Normalize == ScoreNormalization.Mean && mean != 0 ? mean : 1;
    }

    private static double[] Roots(double[] energies, double unit) => Array.ConvertAll(energies, energy => Math.Sqrt(energy / unit));

    /// <summary>For each element, what is read of it.</summary>
    private static double[] ReadEnergies(ChannelGroup group, Dictionary<string, WeightEnergies> energies)
    {
        double[] read = new double[group.Size];
        foreach (GroupReader reader in group.Readers)
        {
            double[] ofLayer = energies[reader.Layer.Id].Read;
            for (int i = 0; i < reader.Channels.Length; i++)
            {
                read[reader.Elements[i]] += ofLayer[reader.Channels[i]];
            }
        }

        return read;
    }

    /// <summary>For each of the member's channels, its filter and its scale.</summary>
    private static double[] OwnEnergies(GroupMember member, Dictionary<string, WeightEnergies> energies)
    {
        double[] own = new double[member.Channels.Length];
        WeightEnergies? weights = energies.GetValueOrDefault(member.Layer.Id);
        ReadOnlySpan<float> gamma = member.Norm is { } norm ? norm.Gamma.Floats : default;
        for (int i = 0; i < own.Length; i++)
        {
            int channel = member.Channels[i];
            own[i] = weights?.Made[channel] ?? 0;
            own[i] += gamma.IsEmpty ? 0 : (double)gamma[channel] * gamma[channel];
        }

        return own;
    }
}
