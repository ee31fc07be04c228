using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Verification;

/// <summary>Runs the original, the masked, the folded and the small network on one picture and compares what comes out.</summary>
/// <param name="engine">Runs them.</param>
public sealed class Verifier(IEngine engine)
{
    /// <summary>Verifies a surgery.</summary>
    /// <param name="plan">The plan that was applied.</param>
    /// <param name="small">What came of it.</param>
    /// <param name="seed">The seed of the picture.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="NotSupportedException">The engine cannot run the network.</exception>
    public VerificationReport Verify(PruningPlan plan, Network small, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(small);
        Batch<float>[] pictures = [.. plan.Network.Inputs.Select(input => NoisePicture.Of(input.Shape, seed))];

        // One network at a time, so that only one set of full-size tensors is alive beside the original's.
        ImmutableArray<Batch<float>> compact = Run(small, small.Outputs);
        OutputDifference change = OutputComparer.Compare(Run(plan.Network, plan.Network.Outputs), compact);
        OutputDifference folding = OutputComparer.Compare(Run(FullSizeNetworks.Masked(plan), plan.Network.Outputs), compact);
        Network folded = FullSizeNetworks.Folded(plan);
        return new VerificationReport
        {
            Compact = OutputComparer.Compare(Run(folded, folded.Outputs), compact),
            Folding = folding,
            Change = change,
        };

        ImmutableArray<Batch<float>> Run(Network network, ImmutableArray<string> outputs) => RunOn(pictures, network, outputs, cancellationToken);
    }

    /// <summary>Compares a network that was changed after the cut with the original once more.</summary>
    /// <param name="report">What was found before.</param>
    /// <param name="plan">The plan that was applied.</param>
    /// <param name="changed">What came of it.</param>
    /// <param name="seed">The seed of the picture.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public VerificationReport Update(VerificationReport report, PruningPlan plan, Network changed, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(changed);
        Batch<float>[] pictures = [.. plan.Network.Inputs.Select(input => NoisePicture.Of(input.Shape, seed))];
        return report with
        {
            Change = OutputComparer.Compare(
                RunOn(pictures, plan.Network, plan.Network.Outputs, cancellationToken), RunOn(pictures, changed, changed.Outputs, cancellationToken)),
        };
    }

    private ImmutableArray<Batch<float>> RunOn(Batch<float>[] pictures, Network network, ImmutableArray<string> outputs, CancellationToken cancellationToken)
    {
        using IExecutable<float> executable = engine.Compile(network);
        return executable.Run(pictures, outputs, cancellationToken);
    }
}
