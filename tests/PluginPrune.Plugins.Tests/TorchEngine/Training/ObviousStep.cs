using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.TorchEngine.Training;

/// <summary>
/// What one step of training computes, in double precision and without any thought of speed: a network's outputs for a batch, the
/// derivative of each of them by each learned number, and by the chain rule the gradients of a loss.
/// </summary>
internal sealed class ObviousStep
{
    private const double Step = 1e-6;

    // By tensor, for each of its numbers the derivatives of all outputs.
    private readonly Dictionary<(string Node, string Role), double[][]> _slopes = [];

    public ObviousStep(Network network, Batch<float> input, string output)
    {
        var reference = new TrainingReference(network);
        Dictionary<string, double[][]> values = reference.Run([GradientCheck.Pictures(input)]);
        Outputs = Flat(values);
        foreach (Node node in network.Nodes)
        {
            foreach (NamedTensor tensor in node.Operation.Tensors.Where(static tensor => tensor.IsLearned))
            {
                _slopes[(node.Id, tensor.Role)] = [.. Enumerable.Range(0, tensor.Tensor.Count).Select(number => SlopesBy(node.Id, tensor.Role, number))];
            }
        }

        double[] SlopesBy(string node, string role, int number)
        {
            double[] above = Moved(Step);
            double[] below = Moved(-Step);
            return [.. above.Zip(below, static (high, low) => (high - low) / (2 * Step))];

            double[] Moved(double step)
            {
                double before = reference.Tensors[(node, role)][number];
                reference.Tensors[(node, role)][number] = before + step;
                var moved = new Dictionary<string, double[][]>(values, StringComparer.Ordinal);
                reference.RunFrom(network.IndexOf(node), moved);
                reference.Tensors[(node, role)][number] = before;
                return Flat(moved);
            }
        }

        double[] Flat(Dictionary<string, double[][]> all) => [.. all[output].SelectMany(static picture => picture)];
    }

    /// <summary>All pictures' outputs, one after the other.</summary>
    public double[] Outputs { get; }

    /// <summary>The tensors that are learned.</summary>
    public IEnumerable<(string Node, string Role)> Tensors => _slopes.Keys;

    /// <summary>The gradient of a loss by a tensor.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <param name="slopes">The derivative of the loss by each output.</param>
    public double[] GradientBy((string Node, string Role) tensor, double[] slopes) =>
        [.. _slopes[tensor].Select(outputs => outputs.Zip(slopes, static (a, b) => a * b).Sum())];

    /// <summary>The derivative of a function of the outputs by each of them.</summary>
    public double[] SlopesOf(Func<double[], double> loss)
    {
        double[] outputs = [.. Outputs];
        double[] slopes = new double[outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Outputs[i] + Step;
            double above = loss(outputs);
            outputs[i] = Outputs[i] - Step;
            slopes[i] = (above - loss(outputs)) / (2 * Step);
            outputs[i] = Outputs[i];
        }

        return slopes;
    }
}
