using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Recalibration;

/// <summary>Computes values of a network from those at hand, batch by batch.</summary>
/// <param name="engine">Runs the network.</param>
/// <param name="network">The network.</param>
/// <param name="values">What is at hand.</param>
internal sealed class ValueRun(IEngine engine, Network network, PictureValues values)
{
    /// <summary>Goes through all pictures; afterwards what is at hand has moved on, where memory allows.</summary>
    /// <param name="seen">The values to compute.</param>
    /// <param name="frontier">The values that are all the rest of the network needs.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>For each batch the values by their names, others among them; good until the next is asked for.</returns>
    public IEnumerable<Dictionary<string, Batch<float>>> Execute(IReadOnlyList<string> seen, IReadOnlyList<string> frontier, CancellationToken cancellationToken)
    {
        long bytes = frontier.Sum(value => (long)sizeof(float) * network.ShapeOf(value).Count);
        ValueKeeper? keeper = values.TryKeep(frontier, bytes);
        string[] all = [.. (keeper is null ? [] : frontier).Union(seen, StringComparer.Ordinal)];
        string[] wanted = [.. all.Where(value => !values.Has(value))];
        Network? piece = NetworkPiece.Between(network, wanted, values);
        string[] inputs = [.. all.Where(values.Has).Union(piece?.Inputs.Select(static input => input.Name) ?? [], StringComparer.Ordinal)];
        using IExecutable<float>? executable = piece is null ? null : engine.Compile(piece);
        int index = 0;
        foreach (IReadOnlyList<Batch<float>> batch in values.Enumerate(inputs))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var known = inputs.Zip(batch).ToDictionary(static pair => pair.First, static pair => pair.Second, StringComparer.Ordinal);
            if (piece is not null)
            {
                ImmutableArray<Batch<float>> results = executable!.Run([.. piece.Inputs.Select(input => known[input.Name])], wanted, cancellationToken);
                for (int i = 0; i < wanted.Length; i++)
                {
                    known.Add(wanted[i], results[i]);
                }
            }

            yield return known;
            if (keeper is not null)
            {
                keeper.Take(known);
                values.Release(index++);
            }
        }

        if (keeper is not null)
        {
            values.Replace(keeper);
        }
    }
}
