using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Verification;

/// <summary>Runs the original, the masked, the folded and the small network on one picture and compares what comes out.</summary>
/// <param name="engine">Runs them.</param>
public sealed class Verifier(IEngine engine)
{
    /// <summary>Gives what understands a kind of heads; null for nothing, so that decoded boxes are compared as any other numbers are.</summary>
    public Func<string, IHead>? FindHead { get; init; }

    /// <summary>Verifies a surgery.</summary>
    /// <param name="plan">The plan that was applied.</param>
    /// <param name="small">What came of it.</param>
    /// <param name="seed">The seed of the picture.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="NotSupportedException">The engine cannot run the network.</exception>
    public VerificationReport Verify(PruningPlan plan, Network small, int seed, CancellationToken cancellationToken) => Verify(plan, small, crop: null, seed, cancellationToken);

    /// <summary>Verifies a surgery on what cropping left of a network.</summary>
    /// <param name="plan">The plan that was applied.</param>
    /// <param name="small">What came of it.</param>
    /// <param name="crop">How the plan's network came of a larger one, or null.</param>
    /// <param name="seed">The seed of the picture.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="NotSupportedException">The engine cannot run the network.</exception>
    public VerificationReport Verify(PruningPlan plan, Network small, CropResult? crop, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(small);
        Batch<float>[] pictures = [.. plan.Network.Inputs.Select(input => NoisePicture.Of(input.Shape, seed))];

        // One network at a time, so that only one set of full-size tensors is alive beside the original's.
        ImmutableArray<Batch<float>> compact = Run(small, small.Outputs);
        ImmutableArray<Batch<float>> original = Run(plan.Network, plan.Network.Outputs);
        OutputDifference? cropped = crop is null ? null : CompareCropped(crop);
        OutputDifference change = WithScores(OutputComparer.Compare(original, compact), pictures, plan.Network, small, seed, cancellationToken);
        OutputDifference folding = OutputComparer.Compare(Run(FullSizeNetworks.Masked(plan), plan.Network.Outputs), compact);
        Network folded = FullSizeNetworks.Folded(plan);
        return new VerificationReport
        {
            Compact = OutputComparer.Compare(Run(folded, folded.Outputs), compact),
            Folding = folding,
            Change = change,
            Cropping = cropped,
            IsOriginalFinite = original.All(static batch => Array.TrueForAll(batch.Elements, float.IsFinite)),
        };

        // Of the whole network's outputs those that stay must be what they were.
        OutputDifference CompareCropped(CropResult result)
        {
            ImmutableArray<string> values = [.. result.Outputs.Select(static output => output.Value)];
            ImmutableArray<Batch<float>> whole = Run(result.Whole, values);
            return OutputComparer.Compare([.. whole.Select((batch, i) => ChannelsOf(batch, result.Outputs[i].Kept))], Run(result.Network, values));
        }

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
        OutputDifference change = OutputComparer.Compare(
            RunOn(pictures, plan.Network, plan.Network.Outputs, cancellationToken), RunOn(pictures, changed, changed.Outputs, cancellationToken));
        return report with { Change = WithScores(change, pictures, plan.Network, changed, seed, cancellationToken) };
    }

    /// <summary>Of decoded boxes what varies is told by their scores.</summary>
    private OutputDifference WithScores(OutputDifference change, Batch<float>[] pictures, Network original, Network changed, int seed, CancellationToken cancellationToken)
    {
        if (FindHead is null || DecodedScores.Of(original, FindHead) is not { } scores)
        {
            return change;
        }

        // The blotches of a picture come from seeds up to 64 further on.
        Batch<float>[] another = [.. original.Inputs.Select(input => NoisePicture.Of(input.Shape, unchecked(seed + 1000)))];
        return change with
        {
            OfWhatVaries = scores.ChangeOf(
                RunOn(pictures, original, scores.Values, cancellationToken), RunOn(another, original, scores.Values, cancellationToken), RunOn(pictures, changed, scores.Values, cancellationToken)),
        };
    }

    private static Batch<float> ChannelsOf(Batch<float> batch, ImmutableArray<bool> kept)
    {
        int length = batch.Shape.ElementsPerChannel;
        float[] values = [.. Enumerable.Range(0, kept.Length).Where(channel => kept[channel]).SelectMany(channel => batch.Elements[(channel * length)..((channel + 1) * length)])];
        return new Batch<float>(1, batch.Shape.WithChannels(values.Length / length), values);
    }

    private ImmutableArray<Batch<float>> RunOn(Batch<float>[] pictures, Network network, ImmutableArray<string> outputs, CancellationToken cancellationToken)
    {
        using IExecutable<float> executable = engine.Compile(network);
        return executable.Run(pictures, outputs, cancellationToken);
    }
}
