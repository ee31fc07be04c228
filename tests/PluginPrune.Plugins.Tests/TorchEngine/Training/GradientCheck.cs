using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.Plugins.Tests.ManagedEngine;

namespace PluginPrune.Plugins.Tests.TorchEngine.Training;

/// <summary>
/// Holds values and gradients of a training session against the reference in double precision. The loss is a sum of products
/// of all values asked for with numbers of chance.
/// </summary>
internal static class GradientCheck
{
    public const double Tolerance = 1e-4;

    // Small, so that it seldom leads across a kink; the loss has 16 digits.
    private const double Step = 1e-7;

    public static void Check(Network network, Random random, int pictures, string[] values, string[]? frozen = null, double range = 1, int coordinates = 4, bool isInference = false)
    {
        frozen ??= [];
        using ITrainingSession session = Begin(network, new TrainingSettings { Frozen = [.. frozen], UsesRunningStatistics = isInference });
        Check(session, network, network, random, pictures, values, frozen, range, coordinates, isInference);
    }

    /// <param name="sized">The network at the size that is run.</param>
    public static void Check(
        ITrainingSession session, Network network, Network sized, Random random, int pictures, string[] values, string[] frozen, double range = 1, int coordinates = 4, bool isInference = false)
    {
        var sketch = new NetworkSketch(random);
        Batch<float>[] inputs =
            [.. sized.Inputs.Select(input => new Batch<float>(pictures, input.Shape, sketch.Numbers(pictures * input.Shape.Count, -range, range)))];
        Batch<float>[] gradients =
        [
            .. values.Select(value => new Batch<float>(pictures, sized.ShapeOf(value), sketch.Numbers(pictures * sized.ShapeOf(value).Count))),
        ];
        var reference = new TrainingReference(session.Read(TrainedWeights.Current).With(sized.Inputs), isInference ? [.. network.Nodes.Select(static node => node.Id)] : frozen);

        ImmutableArray<Batch<float>> outputs = session.Forward(inputs, values, CancellationToken.None);
        session.Backward(gradients, CancellationToken.None);

        Dictionary<string, double[][]> expected = reference.Run([.. inputs.Select(Pictures)]);
        for (int i = 0; i < values.Length; i++)
        {
            Comparison.ShouldBeClose(
                Array.ConvertAll(outputs[i].Elements, static x => (double)x), [.. expected[values[i]].SelectMany(static x => x)], Tolerance, $"{network.Find(values[i])}");
        }

        CheckGradients(session, network, reference, expected, values, [.. gradients.Select(Pictures)], frozen, random, coordinates);
    }

    public static ITrainingSession Begin(Network network, TrainingSettings settings) => ((ITrainingEngine)Torch.Engine()).BeginTraining(network, settings);

    /// <summary>The network for inputs of other shapes.</summary>
    public static Network With(this Network network, ImmutableArray<NetworkInput> inputs) =>
        new(network.Name, inputs, network.Nodes, network.Heads);

    public static double[][] Pictures(Batch<float> batch) =>
        [.. Enumerable.Range(0, batch.Size).Select(i => Array.ConvertAll(batch[i].ToArray(), static x => (double)x))];

    private static void CheckGradients(
        ITrainingSession session,
        Network network,
        TrainingReference reference,
        Dictionary<string, double[][]> values,
        string[] wanted,
        double[][][] gradients,
        string[] frozen,
        Random random,
        int coordinates)
    {
        (Node Node, string Role, float[] Gradient)[] learned =
        [
            .. network.Nodes.SelectMany(node => node.Operation.Tensors.Where(static tensor => tensor.IsLearned).Select(tensor =>
                (node, tensor.Role, session.ReadGradient(node.Id, tensor.Role).Floats.ToArray()))),
        ];
        double largest = learned.Max(static one => one.Gradient.Max(Math.Abs));
        foreach ((Node node, string role, float[] gradient) in learned)
        {
            if (frozen.Contains(node.Id, StringComparer.Ordinal))
            {
                gradient.Should().OnlyContain(static x => x == 0, $"{node.Id}.{role} is frozen");
                continue;
            }

            // A bias before a batch norm has none: what rounding leaves there is small beside the others.
            double scale = Math.Max(gradient.Max(Math.Abs), 0.05 * largest);
            for (int i = 0; i < coordinates; i++)
            {
                double[] direction = new double[gradient.Length];
                direction[random.Next(direction.Length)] = 1;
                CheckAlong(direction, $"{node} {role} along one");
            }

            CheckAlong([.. gradient.Select(_ => random.Next(2) == 0 ? 1 : -1.0)], $"{node} {role} along all");

            void CheckAlong(double[] direction, string what)
            {
                double length = Math.Sqrt(direction.Sum(static x => x * x));
                double expected = Slope(reference, network.IndexOf(node.Id), (node.Id, role), [.. direction.Select(x => x / length)], values, wanted, gradients);
                double actual = direction.Select((x, i) => x / length * gradient[i]).Sum();
                actual.Should().BeApproximately(expected, Tolerance * scale * Math.Max(1, Math.Sqrt(gradient.Length) / 4), what);
            }
        }
    }

    private static double Slope(
        TrainingReference reference,
        int index,
        (string Node, string Role) tensor,
        double[] direction,
        Dictionary<string, double[][]> values,
        string[] wanted,
        double[][][] gradients)
    {
        double[] numbers = reference.Tensors[tensor];
        double Loss(double along)
        {
            reference.Tensors[tensor] = [.. numbers.Select((x, i) => x + (along * direction[i]))];
            var moved = new Dictionary<string, double[][]>(values, StringComparer.Ordinal);
            reference.RunFrom(index, moved);
            return wanted.Select((value, i) => moved[value].Zip(gradients[i], static (y, g) => y.Zip(g, static (a, b) => a * b).Sum()).Sum()).Sum();
        }

        double slope = (Loss(Step) - Loss(-Step)) / (2 * Step);
        reference.Tensors[tensor] = numbers;
        return slope;
    }
}
