using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Measuring;

/// <summary>A measure of one layer as it adds up, batch by batch, see <see cref="ChannelMeasureKind"/>.</summary>
internal sealed class TaylorSum
{
    private readonly (string Role, Tensor Tensor)[] _tensors;
    private readonly double[] _squares;

    private TaylorSum(Node node, (string Role, Tensor Tensor)[] tensors)
    {
        Node = node;
        _tensors = tensors;
        _squares = new double[tensors[0].Tensor.Shape[0]];
    }

    /// <summary>The layer.</summary>
    public Node Node { get; }

    /// <summary>Nothing so far.</summary>
    /// <exception cref="ArgumentException">The node does not exist or has nothing of what is to be measured.</exception>
    public static TaylorSum Of(Network network, ChannelMeasure measure)
    {
        Node node = network.Find(measure.Node) ?? throw new ArgumentException($"The network has no node '{measure.Node}' to be measured.", nameof(measure));
        (string Role, Tensor? Tensor)[] tensors = (measure.Kind, node.Operation) switch
        {
            (ChannelMeasureKind.TaylorGates, BatchNorm norm) => [("gamma", norm.Gamma), ("beta", norm.Beta)],
            (ChannelMeasureKind.TaylorGates, Convolution layer) => [("weight", layer.Weight), ("bias", layer.Bias)],
            (ChannelMeasureKind.TaylorGates, Linear layer) => [("weight", layer.Weight), ("bias", layer.Bias)],
            (ChannelMeasureKind.TaylorScales, BatchNorm norm) => [("gamma", norm.Gamma)],
            (ChannelMeasureKind.TaylorFilters, Convolution layer) => [("weight", layer.Weight)],
            (ChannelMeasureKind.TaylorFilters, Linear layer) => [("weight", layer.Weight)],
            _ => throw new ArgumentException($"{node} has no {measure.Kind} to be measured.", nameof(measure)),
        };
        return new TaylorSum(node, [.. tensors.Where(static pair => pair.Tensor is not null).Select(static pair => (pair.Role, pair.Tensor!))]);
    }

    /// <summary>The derivatives of a batch, by its gradients. Safe to call from several threads, each with its session.</summary>
    /// <returns>One a channel; null where one is not finite.</returns>
    public double[]? Read(ITrainingSession session)
    {
        double[] derivatives = new double[_squares.Length];
        foreach ((string role, Tensor tensor) in _tensors)
        {
            ReadOnlySpan<float> values = tensor.Floats;
            ReadOnlySpan<float> gradients = session.ReadGradient(Node.Id, role).Floats;
            int width = values.Length / derivatives.Length;
            for (int channel = 0; channel < derivatives.Length; channel++)
            {
                double sum = 0;
                for (int i = channel * width; i < (channel + 1) * width; i++)
                {
                    sum += (double)values[i] * gradients[i];
                }

                derivatives[channel] += sum;
            }
        }

        return Array.TrueForAll(derivatives, double.IsFinite) ? derivatives : null;
    }

    /// <summary>Adds the squares of a batch's derivatives.</summary>
    public void Add(double[] derivatives)
    {
        for (int channel = 0; channel < _squares.Length; channel++)
        {
            _squares[channel] += derivatives[channel] * derivatives[channel];
        }
    }

    /// <summary>The mean over batches.</summary>
    public double[] Mean(int batches) => Array.ConvertAll(_squares, sum => sum / batches);
}
