using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Training;
using PluginPrune.Plugins.Tests.TorchEngine.Training;

namespace PluginPrune.Plugins.Tests.CriterionTaylor;

/// <summary>
/// What <see cref="ChannelMeasureKind"/> defines, slowly, in double precision: a channel's own tensors are multiplied by a little more and
/// a little less than 1, and the network is run again. What the loss holds constant it holds here too: its derivative by the raw
/// outputs is the head's.
/// </summary>
internal static class ObviousMeasure
{
    private const double Step = 1e-6;

    /// <param name="network">A network with one head.</param>
    /// <param name="measure">What is measured.</param>
    /// <param name="pictures">How many pictures there are; all are taken.</param>
    /// <param name="batchSize">How many share a derivative.</param>
    public static double[] Of(Network network, ChannelMeasure measure, int pictures, int batchSize)
    {
        var reference = new TrainingReference(network, [.. network.Nodes.Where(static node => node.Operation is BatchNorm).Select(static node => node.Id)]);
        (string, string)[] tensors = [.. RolesOf(network[measure.Node].Operation, measure.Kind).Select(role => (measure.Node, role))];
        int channels = network.ShapeOf(measure.Node).Channels;
        double[] squares = new double[channels];
        int batches = 0;
        foreach (TrainingBatch batch in MeasuredNetworks.Pictures(network.Name, pictures).Draw(network, 2, pictures, batchSize, seed: 0).Read(new TrainingEpoch(0), CancellationToken.None))
        {
            batches++;
            double[][] inputs = GradientCheck.Pictures(batch.Input);
            Dictionary<string, double[][]> values = reference.Run([inputs]);
            double[] slope = Slope(network, batch, values);
            for (int channel = 0; channel < channels; channel++)
            {
                double derivative = (Along(reference, values, network, slope, tensors, channel, channels, Step) - Along(reference, values, network, slope, tensors, channel, channels, -Step)) / (2 * Step);
                squares[channel] += derivative * derivative;
            }
        }

        return [.. squares.Select(sum => sum / batches)];
    }

    private static string[] RolesOf(Operation operation, ChannelMeasureKind kind) => kind switch
    {
        ChannelMeasureKind.TaylorGates => operation is BatchNorm ? ["gamma", "beta"] : ["weight", "bias"],
        ChannelMeasureKind.TaylorScales => ["gamma"],
        _ => ["weight"],
    };

    /// <summary>The derivative of the loss by each raw output.</summary>
    private static double[] Slope(Network network, TrainingBatch batch, Dictionary<string, double[][]> values)
    {
        Head head = network.Heads[0];
        var raw = new Batch<double>(batch.Input.Size, network.ShapeOf(head.Input), [.. values[head.Input].SelectMany(static picture => picture)]);
        return ((ITrainableHead)MeasuredNetworks.FindHead(head.Kind)).ComputeLoss(head, batch.Input.Shape, raw, batch.Targets).Gradient.Elements;
    }

    private static double Along(
        TrainingReference reference, Dictionary<string, double[][]> values, Network network, double[] slope, (string Node, string Role)[] tensors, int channel, int channels, double more)
    {
        var before = tensors.Where(reference.Tensors.ContainsKey).ToDictionary(static tensor => tensor, tensor => reference.Tensors[tensor]);
        foreach ((var tensor, double[] numbers) in before)
        {
            int width = numbers.Length / channels;
            reference.Tensors[tensor] = [.. numbers.Select((number, i) => i / width == channel ? number * (1 + more) : number)];
        }

        var moved = new Dictionary<string, double[][]>(values, StringComparer.Ordinal);
        reference.RunFrom(network.IndexOf(tensors[0].Node), moved);
        foreach ((var tensor, double[] numbers) in before)
        {
            reference.Tensors[tensor] = numbers;
        }

        return moved[network.Heads[0].Input].SelectMany(static picture => picture).Zip(slope, static (value, by) => value * by).Sum();
    }
}
