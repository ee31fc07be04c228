using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Surgery;

/// <summary>
/// Follows, through the whole network, what dropped channels still contribute when their scale is 0: a dropped channel is
/// act(beta) everywhere, and a removed block adds the constant that its branch ends in. For every value and channel the
/// constant is masked value - compact value, where compact counts a dropped channel as 0; convolutions, linear layers and
/// batch norms take it up in their biases and means. Exact where no zero padding is seen.
/// </summary>
internal sealed class ConstantFolding
{
    private readonly PruningPlan _plan;
    private readonly Network _network;
    private readonly Dictionary<string, double[]?> _constants = new(StringComparer.Ordinal);

    public ConstantFolding(PruningPlan plan)
    {
        _plan = plan;
        _network = plan.Network;
        foreach (NetworkInput input in _network.Inputs)
        {
            _constants.Add(input.Name, null);
        }

        foreach (Node node in _network.Nodes)
        {
            double[] constants = Follow(node);
            _constants.Add(node.Id, Array.TrueForAll(constants, static constant => constant == 0) ? null : constants);
        }

        foreach (string output in _network.Outputs)
        {
            Lose(null, $"output {output}", _constants[output], _plan.KeepOf(output));
        }
    }

    /// <summary>Constants that nothing could take up.</summary>
    public List<FoldingLoss> Losses { get; } = [];

    /// <summary>The constants of a value, channel by channel; null where all are 0.</summary>
    public double[]? ConstantsOf(string value) => _constants[value];

    private double[] Follow(Node node)
    {
        bool[] keep = _plan.KeepOf(node.Id);
        Shape[] inputs = [.. node.Inputs.Select(_network.ShapeOf)];
        switch (node.Operation)
        {
            case Convolution { Bias: var bias }:
                return Dropped(keep, bias);
            case Linear { Bias: var bias }:
                return Dropped(keep, bias);
            case BatchNorm norm:
                return Dropped(keep, norm.Beta);
            case Activation activation:
                return Bend(node, activation, keep);
            case Add:
                return Sum(node, keep.Length);
            case Multiply:
                return Product(node, inputs, keep);
            case CenterCrop crop:
                return [.. keep.Select((kept, channel) => (crop.Scale * (_constants[node.Inputs[0]]?[channel] ?? 0)) + (kept ? 0 : crop.Offset))];
            case Reorg reorg:
                return Mix(node, reorg, inputs[0], keep);
        }

        double[] constants = new double[keep.Length];
        if (ChannelRouting.Sources(node.Operation, inputs, _network.ShapeOf(node.Id)) is { } sources)
        {
            double[] all = [.. node.Inputs.SelectMany((value, i) => _constants[value] ?? new double[inputs[i].Channels])];
            for (int channel = 0; channel < constants.Length; channel++)
            {
                constants[channel] = all[sources[channel]];
            }
        }
        else
        {
            foreach (string value in node.Inputs)
            {
                Lose(node, node.ToString(), _constants[value], _plan.KeepOf(value));
            }
        }

        return constants;
    }

    /// <summary>A layer with weights gives dropped channels its bias or beta alone; for the kept ones it takes constants up.</summary>
    private static double[] Dropped(bool[] keep, Tensor? bias)
    {
        double[] constants = new double[keep.Length];
        if (bias is not null)
        {
            ReadOnlySpan<float> values = bias.Floats;
            for (int channel = 0; channel < constants.Length; channel++)
            {
                constants[channel] = keep[channel] ? 0 : values[channel];
            }
        }

        return constants;
    }

    private double[] Bend(Node node, Activation activation, bool[] keep)
    {
        double[]? before = _constants[node.Inputs[0]];
        double[] after = new double[keep.Length];
        for (int channel = 0; channel < after.Length; channel++)
        {
            if (!keep[channel])
            {
                after[channel] = activation.Apply(before?[channel] ?? 0);
            }
            else if (activation.Kind == ActivationKind.Linear)
            {
                after[channel] = before?[channel] ?? 0;
            }
        }

        if (activation.Kind != ActivationKind.Linear)
        {
            Lose(node, node.ToString(), before, keep);
        }

        return after;
    }

    private double[] Sum(Node node, int channels)
    {
        double[] sum = new double[channels];
        foreach (double[] constants in node.Inputs.Select(value => _constants[value]).OfType<double[]>())
        {
            for (int channel = 0; channel < channels; channel++)
            {
                sum[channel] += constants[channel];
            }
        }

        return sum;
    }

    /// <summary>A constant times a constant is one; a constant times what depends on the picture is not.</summary>
    private double[] Product(Node node, Shape[] inputs, bool[] keep)
    {
        double[]? values = _constants[node.Inputs[0]];
        double[]? factors = _constants[node.Inputs[1]];
        double[] product = new double[keep.Length];
        if (inputs[1].Channels == inputs[0].Channels)
        {
            for (int channel = 0; channel < product.Length; channel++)
            {
                product[channel] = keep[channel] ? 0 : (values?[channel] ?? 0) * (factors?[channel] ?? 0);
            }

            Lose(node, node.ToString(), values, keep);
            Lose(node, node.ToString(), factors, keep);
        }
        else
        {
            Lose(node, node.ToString(), values, [.. keep.Select(static _ => true)]);
            Lose(node, node.ToString(), factors, [true]);
        }

        return product;
    }

    /// <summary>An output channel holds pieces of several input channels: where their constants differ, their mean is taken up.</summary>
    private double[] Mix(Node node, Reorg reorg, Shape input, bool[] keep)
    {
        double[] means = new double[keep.Length];
        if (_constants[node.Inputs[0]] is not { } constants)
        {
            return means;
        }

        int[] sources = reorg.SourceIndexes(input);
        int pieces = sources.Length / keep.Length;
        double[] squares = new double[keep.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            double constant = constants[sources[i] / input.ElementsPerChannel];
            means[i / pieces] += constant / pieces;
            squares[i / pieces] += constant * constant / pieces;
        }

        // What is lost is how far the constants lie from their mean; rounding is no loss.
        double[] spread = [.. squares.Select((square, channel) => Math.Sqrt(Math.Max(0, square - (means[channel] * means[channel]) - (1e-12 * square))))];
        Lose(node, node.ToString(), spread, [.. keep.Select(static _ => true)]);
        return means;
    }

    private void Lose(Node? node, string place, double[]? constants, bool[] keep)
    {
        if (constants is null)
        {
            return;
        }

        double sum = 0;
        for (int channel = 0; channel < keep.Length; channel++)
        {
            sum += keep[channel] ? constants[channel] * constants[channel] : 0;
        }

        if (sum > 0)
        {
            Losses.Add(new FoldingLoss(node, place, Math.Sqrt(sum / keep.Length)));
        }
    }
}
