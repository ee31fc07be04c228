using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionGroupNorm;

/// <summary>The squared weights of a layer, summed by the channels that it makes and by those that it reads.</summary>
/// <param name="Made">For each output channel.</param>
/// <param name="Read">For each input channel; in a convolution of several groups counted through all of them.</param>
internal sealed record WeightEnergies(double[] Made, double[] Read)
{
    /// <summary>Those of all convolutions and linear layers of a network, by their ids.</summary>
    public static Dictionary<string, WeightEnergies> Of(Network network, CancellationToken cancellationToken)
    {
        Node[] layers = [.. network.Nodes.Where(static node => WeightMatrix.Of(node.Operation) is not null)];
        var energies = new WeightEnergies[layers.Length];
        Parallel.For(
            0,
            layers.Length,
            new ParallelOptions { CancellationToken = cancellationToken },
            index => energies[index] = Of(WeightMatrix.Of(layers[index].Operation)!.Value));
        return layers.Select((layer, index) => (layer.Id, index)).ToDictionary(static pair => pair.Id, pair => energies[pair.index], StringComparer.Ordinal);
    }

    private static WeightEnergies Of(WeightMatrix matrix)
    {
        ReadOnlySpan<float> weights = matrix.Weight.Floats;
        double[] made = new double[matrix.Rows];
        double[] read = new double[matrix.ReadChannels * matrix.Groups];
        double[] columns = new double[matrix.Columns];
        int rowsOfGroup = matrix.Rows / matrix.Groups;
        for (int group = 0; group < matrix.Groups; group++)
        {
            Array.Clear(columns);
            for (int row = group * rowsOfGroup; row < (group + 1) * rowsOfGroup; row++)
            {
                made[row] = VectorSums.OfSquares(weights.Slice(row * matrix.Columns, matrix.Columns), columns);
            }

            for (int column = 0; column < columns.Length; column++)
            {
                read[(group * matrix.ReadChannels) + (column / matrix.Taps)] += columns[column];
            }
        }

        return new WeightEnergies(made, read);
    }
}
