using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Training;

/// <summary>The heads of a network with their losses: what is learned from labels.</summary>
public sealed class TrainingHeads : IBatchLoss
{
    private readonly ImmutableArray<(Head Head, ITrainableHead Loss)> _heads;

    private TrainingHeads(ImmutableArray<(Head Head, ITrainableHead Loss)> heads, int classes)
    {
        Classes = classes;
        _heads = heads;
        Values = [.. heads.Select(static head => head.Head.Input)];
    }

    /// <summary>How many classes the network knows.</summary>
    public int Classes { get; }

    /// <summary>The values that the heads read, in the heads' order.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>Finds them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="find">Gives what understands a kind of heads.</param>
    /// <exception cref="TrainingException">There are none, or one has no loss.</exception>
    public static TrainingHeads Of(Network network, Func<string, IHead> find)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(find);
        if (network.Heads.IsEmpty)
        {
            throw new TrainingException($"The network '{network.Name}' has no heads: nothing says what its outputs mean, so nothing can be learned.");
        }

        ImmutableArray<(Head Head, ITrainableHead Loss)> heads = [.. network.Heads.Select(head => (head, LossOf(head, find(head.Kind))))];
        int[] classes = [.. heads.Select(head => head.Loss.Describe(head.Head, network.ShapeOf(head.Head.Input)).Classes).Distinct()];
        return classes is [var count]
            ? new TrainingHeads(heads, count)
            : throw new TrainingException($"The heads of '{network.Name}' have {string.Join(" and ", classes)} classes; all heads of a network must have the same.");
    }

    /// <inheritdoc />
    public (ImmutableArray<LossTerm> Terms, ImmutableArray<Batch<float>> Gradients) Compute(
        TrainingBatch batch, ImmutableArray<Batch<float>> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var terms = new LossTerms();
        var gradients = ImmutableArray.CreateBuilder<Batch<float>>(_heads.Length);
        for (int i = 0; i < _heads.Length; i++)
        {
            (Head head, ITrainableHead loss) = _heads[i];
            HeadLoss<float> computed = loss.ComputeLoss(head, batch.Input.Shape, values[i], batch.Targets);
            gradients.Add(computed.Gradient);
            foreach (LossTerm term in computed.Terms)
            {
                terms.Add(term.Name, term.Value);
            }
        }

        return (terms.All, gradients.MoveToImmutable());
    }

    private static ITrainableHead LossOf(Head head, IHead service) =>
        (service is GuardedHead guarded ? guarded.Trainable : service as ITrainableHead)
        ?? throw new TrainingException($"Head '{head.Id}' ({head.Origin}) is a {head.Kind}, which has no loss: such networks cannot be trained.");
}
