using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Plugins.Tests.ManagedEngine;

namespace PluginPrune.Plugins.Tests.TorchEngine.Training;

/// <summary>
/// A network in training mode as its definition reads, in double precision: slow, and obvious. A value is one array for each
/// picture. Gradients are differences of its results.
/// </summary>
internal sealed class TrainingReference
{
    private readonly Network _network;
    private readonly HashSet<string> _frozen;

    public TrainingReference(Network network, params string[] frozen)
    {
        _network = network;
        _frozen = frozen.ToHashSet(StringComparer.Ordinal);
        foreach (Node node in network.Nodes)
        {
            foreach (NamedTensor tensor in node.Operation.Tensors)
            {
                Tensors.Add((node.Id, tensor.Role), Array.ConvertAll(tensor.Tensor.Floats.ToArray(), static x => (double)x));
            }
        }
    }

    public Dictionary<(string Node, string Role), double[]> Tensors { get; } = [];

    /// <summary>By node, the factors of dropout for each picture; without, nothing is dropped.</summary>
    public Dictionary<string, double[][]> Masks { get; } = new(StringComparer.Ordinal);

    /// <summary>All values of a batch.</summary>
    /// <param name="inputs">For each input of the network, an array for each picture.</param>
    public Dictionary<string, double[][]> Run(IReadOnlyList<double[][]> inputs)
    {
        var values = new Dictionary<string, double[][]>(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Count; i++)
        {
            values.Add(_network.Inputs[i].Name, inputs[i]);
        }

        RunFrom(0, values);
        return values;
    }

    /// <summary>Computes values again from a node on.</summary>
    public void RunFrom(int first, Dictionary<string, double[][]> values)
    {
        for (int i = first; i < _network.Nodes.Length; i++)
        {
            Node node = _network.Nodes[i];
            values[node.Id] = node.Operation is BatchNorm norm
                ? Normalize(node, norm, values[node.Inputs[0]])
                : [.. Enumerable.Range(0, values.Values.First().Length).Select(picture => Compute(node, values, picture))];
        }
    }

    /// <summary>Mean and biased variance of a channel over all pictures and places.</summary>
    public static (double Mean, double Variance, int Count) Moments(double[][] pictures, int channels, int channel)
    {
        int places = pictures[0].Length / channels;
        double[] all = [.. pictures.SelectMany(picture => picture.Skip(channel * places).Take(places))];
        double mean = all.Average();
        return (mean, all.Average(x => (x - mean) * (x - mean)), all.Length);
    }

    private double[][] Normalize(Node node, BatchNorm norm, double[][] x)
    {
        int channels = norm.Gamma.Count;
        int places = x[0].Length / channels;
        double[][] y = [.. x.Select(static picture => new double[picture.Length])];
        for (int c = 0; c < channels; c++)
        {
            (double mean, double variance, _) = _frozen.Contains(node.Id)
                ? (Tensors[(node.Id, "mean")][c], Tensors[(node.Id, "variance")][c], 0)
                : Moments(x, channels, c);
            for (int picture = 0; picture < x.Length; picture++)
            {
                for (int i = c * places; i < (c + 1) * places; i++)
                {
                    y[picture][i] = (Tensors[(node.Id, "gamma")][c] * (x[picture][i] - mean) / Math.Sqrt(variance + norm.Epsilon)) + Tensors[(node.Id, "beta")][c];
                }
            }
        }

        return y;
    }

    private double[] Compute(Node node, Dictionary<string, double[][]> values, int picture)
    {
        Volume[] inputs = [.. node.Inputs.Select(input => new Volume(_network.ShapeOf(input), values[input][picture]))];
        var output = new Volume(_network.ShapeOf(node.Id));
        double[]? bias = Tensors.GetValueOrDefault((node.Id, "bias"));
        switch (node.Operation)
        {
            case Convolution convolution:
                Naive.Convolve(convolution, Tensors[(node.Id, "weight")], bias, inputs[0], output);
                break;
            case Linear:
                double[] weights = Tensors[(node.Id, "weight")];
                output.Fill((o, _, _) => inputs[0].Elements.Select((x, i) => x * weights[(o * inputs[0].Channels) + i]).Sum() + (bias?[o] ?? 0));
                break;
            case LocalConvolution local:
                ConvolvePlaces(local, Tensors[(node.Id, "weight")], bias!, inputs[0], output);
                break;
            case Reorg reorg:
                return [.. reorg.SourceIndexes(inputs[0].Shape).Select(source => inputs[0].Elements[source])];
            case CenterCrop crop:
                (int top, int left) = ((inputs[0].Height - output.Height) / 2, (inputs[0].Width - output.Width) / 2);
                output.Fill((c, h, w) => (crop.Scale * inputs[0][c, top + h, left + w]) + crop.Offset);
                break;
            case Dropout when Masks.TryGetValue(node.Id, out double[][]? mask):
                return [.. inputs[0].Elements.Select((x, i) => x * mask[picture][i])];
            default:
                Naive.Compute(node.Operation, inputs, output);
                break;
        }

        return output.Elements;
    }

    private static void ConvolvePlaces(LocalConvolution local, double[] weights, double[] bias, Volume x, Volume output)
    {
        Shape shape = local.Weight.Shape;
        output.Fill((o, h, w) =>
        {
            double sum = bias[(((o * output.Height) + h) * output.Width) + w];
            int kernel = (((h * output.Width) + w) * shape[1]) + o;
            for (int tap = 0; tap < shape[2] * shape[3] * shape[4]; tap++)
            {
                int y = (h * local.Stride.Height) - local.Padding.Top + (tap / shape[4] % shape[3]);
                int z = (w * local.Stride.Width) - local.Padding.Left + (tap % shape[4]);
                if (y >= 0 && y < x.Height && z >= 0 && z < x.Width)
                {
                    sum += weights[(kernel * shape[2] * shape[3] * shape[4]) + tap] * x[tap / shape[3] / shape[4], y, z];
                }
            }

            return sum;
        });
    }
}
