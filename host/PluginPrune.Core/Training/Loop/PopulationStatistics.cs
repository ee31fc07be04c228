using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>
/// Takes the statistics of batch norms anew from many training pictures, with the weights as they are. Running ones are a memory of
/// weights that have moved on since: where epochs are short or the learning rate is still high, a network that has learned well
/// evaluates as if it had not. Wu and Johnson 2021, "Rethinking 'Batch' in BatchNorm", section 3.
/// </summary>
/// <param name="engine">Runs the network in training mode.</param>
/// <param name="data">The training pictures, varied as in training.</param>
/// <param name="pictures">How many are looked at, above 0; whole batches, and at most an epoch's.</param>
/// <param name="frozen">Nodes whose tensors stay as they are.</param>
public sealed class PopulationStatistics(ITrainingEngine engine, TrainingLoader data, int pictures, ImmutableHashSet<string> frozen)
{
    /// <summary>The network with statistics of an epoch's first pictures.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">Values that need all of its batch norms: what the loss looks at.</param>
    /// <param name="epoch">Whose pictures, from 0.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Network Fit(Network network, IReadOnlyList<string> values, int epoch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);

        // With all of a batch's statistics and nothing of those before, the running ones are the batch's own.
        using ITrainingSession session = engine.BeginTraining(network, new TrainingSettings { BatchNormMomentum = 1, Frozen = frozen });
        var moments = network.Nodes
            .Where(node => node.Operation is BatchNorm && !frozen.Contains(node.Id))
            .ToDictionary(static node => node.Id, static node => new ChannelMoments(((BatchNorm)node.Operation).Mean.Count), StringComparer.Ordinal);
        int seen = 0;
        foreach (TrainingBatch batch in data.Read(new TrainingEpoch(epoch), cancellationToken))
        {
            session.Forward([batch.Input], values, cancellationToken);
            Network now = session.Read(TrainedWeights.Current);
            foreach ((string id, ChannelMoments channels) in moments)
            {
                channels.Add((BatchNorm)now[id].Operation, batch.Input.Size);
            }

            seen += batch.Input.Size;
            if (seen >= pictures)
            {
                break;
            }
        }

        return network.With(
            network.Nodes.Select(node => moments.TryGetValue(node.Id, out ChannelMoments? channels)
                ? node with { Operation = channels.In((BatchNorm)node.Operation, seen) }
                : node),
            network.Heads);
    }
}
