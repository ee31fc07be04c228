using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.CriterionObs;

/// <summary>
/// Optimal brain surgeon for channels: of each group that channel goes first without which the layers that read it can, with the best
/// new weights for what is left, stay nearest to their outputs; then the next, with those weights; to the last. (Hassibi and Stork 1993,
/// 'Second order derivatives for network pruning'; for whole structures and layer by layer Kurtic et al. 2023, 'ZipLM', section 3.1.)
/// </summary>
/// <remarks>
/// A channel's score is the root of what its going adds to the squared error, never less than what went before it, relative to the variance of
/// what the readers' outputs become part of (behind a shortcut's addition the sum), and to what is saved: so groups compare, and the scores'
/// energy, the sum of their squares, is the error for what is saved. The new weights themselves are not kept here; `--reconstruct` finds them for the network that is left. Layers with more than 12,288 inputs to
/// an output do not count, and what only such layers read stays.
/// </remarks>
internal sealed class ObsCriterion(ObsOptions options) : IPruningCriterion
{
    // Covariances that are held at once, in numbers.
    private const long MostHeld = 1L << 27;

    // Of a layer with more inputs to an output the covariance is not looked at: it takes the square, several times.
    private const long MostInputs = 12_288;

    // The least number that is not denormal: some native libraries have threads take those for zero, and then they would be ties.
    private const double LeastNormal = 2.2250738585072014e-308;

    /// <inheritdoc />
    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var scores = ImmutableArray.CreateBuilder<MemberScores>();
        foreach (ChannelGroup[] part in Parts(context))
        {
            Reading[] readings = [.. part.SelectMany(ReadersOf).Select(static reader => reader.Layer).Distinct().Select(layer => Reading.Of(context.Network, layer))];
            string[] sums = [.. readings.Select(static reading => reading.Sum).OfType<string>().Distinct(StringComparer.Ordinal)];
            InputStatistics statistics = context.Services.MeasureInputs(
                context, new InputMeasurement([.. readings.Select(static reading => reading.Layer)], options.ObsPictures) { Values = [.. sums] }, cancellationToken);
            var moments = readings.Zip(statistics.Layers).ToDictionary(static pair => pair.First.Layer, static pair => (Reading: pair.First, Moments: pair.Second), StringComparer.Ordinal);
            var variances = sums.Zip(statistics.Values).ToDictionary(static pair => pair.First, static pair => pair.Second.Variances.Sum(), StringComparer.Ordinal);
            foreach (ChannelGroup group in part)
            {
                ReaderState[] readers =
                [
                    .. ReadersOf(group)
                        .Select(reader => (Reader: reader, moments[reader.Layer.Id].Reading, moments[reader.Layer.Id].Moments))
                        .Select(entry => ReaderState.Of(
                            group, entry.Reader, entry.Reading.Scales, entry.Moments, entry.Reading.Sum is { } sum ? variances[sum] : null, options.ObsDamping, cancellationToken))
                        .OfType<ReaderState>(),
                ];
                double[] ofElements = Score(group, readers, CostOf(context.Network, group), cancellationToken);
                scores.AddRange(group.Members.Select(member => new MemberScores(group, member, [.. member.Elements.Select(element => ofElements[element])])));
            }
        }

        return ChannelDecision.FromScores(scores.ToImmutable(), options.Rule);
    }

    /// <summary>The layers that a group is judged by.</summary>
    private static IEnumerable<GroupReader> ReadersOf(ChannelGroup group) => group.Readers.Where(static reader => Reading.InputsOf(reader.Layer) <= MostInputs);

    /// <summary>The groups that can lose something, a few at a time: as many as there is memory for what their readers read.</summary>
    private IEnumerable<ChannelGroup[]> Parts(PruningContext context)
    {
        var part = new List<ChannelGroup>();
        var layers = new HashSet<string>(StringComparer.Ordinal);
        long held = 0;
        foreach (ChannelGroup group in context.Groups.Where(group => !group.IsLocked && ReadersOf(group).Any() && !(options.Coupling == Coupling.Skip && group.IsTiedByAddition)))
        {
            long more = ReadersOf(group).Where(reader => !layers.Contains(reader.Layer.Id)).Sum(static reader => Reading.InputsOf(reader.Layer) * Reading.InputsOf(reader.Layer));
            if (part.Count > 0 && held + more > MostHeld)
            {
                yield return [.. part];
                part.Clear();
                layers.Clear();
                held = 0;
                more = ReadersOf(group).Sum(static reader => Reading.InputsOf(reader.Layer) * Reading.InputsOf(reader.Layer));
            }

            part.Add(group);
            layers.UnionWith(ReadersOf(group).Select(static reader => reader.Layer.Id));
            held += more;
        }

        if (part.Count > 0)
        {
            yield return [.. part];
        }
    }

    /// <summary>A score for each element: the later it goes, the larger.</summary>
    private static double[] Score(ChannelGroup group, ReaderState[] readers, double cost, CancellationToken cancellationToken)
    {
        double[] scores = new double[group.Size];
        var left = Enumerable.Range(0, group.Size).Where(element => group.LockOf(element) is null).ToList();
        double[] errors = new double[group.Size];
        double last = LeastNormal;
        while (left.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Parallel.For(0, left.Count, i => errors[left[i]] = readers.Sum(reader => reader.ErrorOf(left[i])));

            // Of equal ones the higher index, as the host drops equal scores.
            int next = left.Aggregate((best, element) => errors[element] <= errors[best] ? element : best);
            left.Remove(next);
            if (left.Count > 0)
            {
                foreach (ReaderState reader in readers)
                {
                    reader.Remove(next);
                }
            }

            // What goes later counts more, if only by the least that a number can: the order is what was looked for.
            last = Math.Max(Math.BitIncrement(last), Math.Sqrt(Math.Max(0, errors[next]) / cost));
            scores[next] = last;
        }

        foreach (int locked in Enumerable.Range(0, group.Size).Where(element => group.LockOf(element) is not null))
        {
            scores[locked] = Math.BitIncrement(last);
        }

        return scores;
    }

    /// <summary>What goes with an element, on average.</summary>
    private double CostOf(Network network, ChannelGroup group)
    {
        if (options.ObsCost == ObsCost.None)
        {
            return 1;
        }

        double made = group.Members.Where(static member => member.Layer.Operation is Convolution or Linear)
            .Sum(member => Each(network, member.Layer) * member.Channels.Length / network.ShapeOf(member.Layer.Id).Channels);
        double read = group.Readers.Sum(reader => Each(network, reader.Layer) * reader.Channels.Length / network.ShapeOf(reader.Layer.Inputs[0]).Channels);
        return Math.Max(1, (made + read) / group.Size);
    }

    private double Each(Network network, Node layer)
    {
        double weights = layer.Operation.Tensors[0].Tensor.Count;
        return options.ObsCost == ObsCost.Flops ? weights * network.ShapeOf(layer.Id).ElementsPerChannel : weights;
    }
}
