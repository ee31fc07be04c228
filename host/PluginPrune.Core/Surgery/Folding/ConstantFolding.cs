using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Surgery;

/// <summary>
/// Follows, through the whole network, what dropped channels still contribute when their scale is 0: a dropped channel is
/// act(beta) everywhere, and a removed block adds the constant that its branch ends in. For every value and channel the
/// constant is masked value - compact value, where compact counts a dropped channel as 0; convolutions, linear layers and
/// batch norms take it up in their biases and means.
/// </summary>
internal sealed class ConstantFolding
{
    private readonly Network _network;
    private readonly Func<string, bool[]> _liveOf;
    private readonly Func<float, double> _start;
    private readonly Dictionary<string, ChannelConstants?> _constants = new(StringComparer.Ordinal);

    private ConstantFolding(PruningPlan plan, Func<string, bool[]> liveOf, Func<float, double> start)
    {
        _network = plan.Network;
        _liveOf = liveOf;
        _start = start;
        foreach (NetworkInput input in _network.Inputs)
        {
            _constants.Add(input.Name, null);
        }

        foreach (Node node in _network.Nodes)
        {
            double[] constants = Follow(node);
            _constants.Add(
                node.Id,
                Array.TrueForAll(constants, static constant => constant == 0) ? null : new ChannelConstants(constants, ConstantForms.Of(_network, node, _constants)));
        }

        foreach (string output in _network.Outputs)
        {
            Lose(null, $"output {output}", _constants[output], _liveOf(output));
        }
    }

    /// <summary>What the channels that do not live in a plan contribute, and its removed blocks.</summary>
    public static ConstantFolding OfDropped(PruningPlan plan) => new(plan, plan.LiveOf, static bias => bias);

    /// <summary>
    /// What the channels hold that stay as constants: their betas, or biases where there is no batch norm, are
    /// <see cref="ConstantChannels.Start"/>.
    /// </summary>
    public static ConstantFolding OfConstantChannels(PruningPlan plan) =>
        new(plan, value => Array.ConvertAll(plan.ConstantsOf(value), static constant => !constant), static _ => ConstantChannels.Start);

    /// <summary>Constants that nothing could take up.</summary>
    public List<FoldingLoss> Losses { get; } = [];

    /// <summary>The constants of a value, channel by channel; null where all are 0.</summary>
    public ChannelConstants? ConstantsOf(string value) => _constants[value];

    private double[] Follow(Node node)
    {
        bool[] live = _liveOf(node.Id);
        Shape[] inputs = [.. node.Inputs.Select(_network.ShapeOf)];
        switch (node.Operation)
        {
            case Convolution { Bias: var bias }:
                return Dropped(live, bias);
            case Linear { Bias: var bias }:
                return Dropped(live, bias);
            case BatchNorm norm:
                return Dropped(live, norm.Beta);
            case Activation activation:
                return Bend(node, activation, live);
            case Add:
                return Sum(node, live.Length);
            case Multiply:
                return Product(node, inputs, live);
            case CenterCrop crop:
                return [.. live.Select((kept, channel) => (crop.Scale * (_constants[node.Inputs[0]]?.Values[channel] ?? 0)) + (kept ? 0 : crop.Offset))];
            case Reorg reorg:
                return Mix(node, reorg, inputs[0], live);
        }

        double[] constants = new double[live.Length];
        if (ChannelRouting.Sources(node.Operation, inputs, _network.ShapeOf(node.Id)) is { } sources)
        {
            double[] all = [.. node.Inputs.SelectMany((value, i) => _constants[value]?.Values ?? new double[inputs[i].Channels])];
            for (int channel = 0; channel < constants.Length; channel++)
            {
                constants[channel] = sources[channel] == ChannelRouting.Nothing ? 0 : all[sources[channel]];
            }
        }
        else
        {
            foreach (string value in node.Inputs)
            {
                Lose(node, node.ToString(), _constants[value], _liveOf(value));
            }
        }

        return constants;
    }

    /// <summary>A layer with weights gives dropped channels its bias or beta alone; for the kept ones it takes constants up.</summary>
    private double[] Dropped(bool[] live, Tensor? bias)
    {
        double[] constants = new double[live.Length];
        if (bias is not null)
        {
            ReadOnlySpan<float> values = bias.Floats;
            for (int channel = 0; channel < constants.Length; channel++)
            {
                constants[channel] = live[channel] ? 0 : _start(values[channel]);
            }
        }

        return constants;
    }

    private double[] Bend(Node node, Activation activation, bool[] live)
    {
        double[]? before = _constants[node.Inputs[0]]?.Values;
        double[] after = new double[live.Length];
        for (int channel = 0; channel < after.Length; channel++)
        {
            if (!live[channel])
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
            Lose(node, node.ToString(), _constants[node.Inputs[0]], live);
        }

        return after;
    }

    private double[] Sum(Node node, int channels)
    {
        double[] sum = new double[channels];
        foreach (double[] constants in node.Inputs.Select(value => _constants[value]?.Values).OfType<double[]>())
        {
            for (int channel = 0; channel < channels; channel++)
            {
                sum[channel] += constants[channel];
            }
        }

        return sum;
    }

    /// <summary>A constant times a constant is one; a constant times what depends on the picture is not.</summary>
    private double[] Product(Node node, Shape[] inputs, bool[] live)
    {
        ChannelConstants? values = _constants[node.Inputs[0]];
        ChannelConstants? factors = _constants[node.Inputs[1]];
        double[] product = new double[live.Length];
        if (inputs[1].Channels == inputs[0].Channels)
        {
            for (int channel = 0; channel < product.Length; channel++)
            {
                product[channel] = live[channel] ? 0 : (values?.Values[channel] ?? 0) * (factors?.Values[channel] ?? 0);
            }

            Lose(node, node.ToString(), values, live);
            Lose(node, node.ToString(), factors, live);
        }
        else
        {
            Lose(node, node.ToString(), values, [.. live.Select(static _ => true)]);
            Lose(node, node.ToString(), factors, [true]);
        }

        return product;
    }

    /// <summary>An output channel holds pieces of several input channels: where their constants differ, their mean is taken up.</summary>
    private double[] Mix(Node node, Reorg reorg, Shape input, bool[] live)
    {
        double[] means = new double[live.Length];
        if (_constants[node.Inputs[0]]?.Values is not { } constants)
        {
            return means;
        }

        int[] sources = reorg.SourceIndexes(input);
        int pieces = sources.Length / live.Length;
        double[] squares = new double[live.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            double constant = constants[sources[i] / input.ElementsPerChannel];
            means[i / pieces] += constant / pieces;
            squares[i / pieces] += constant * constant / pieces;
        }

        // What is lost is how far the constants lie from their mean; rounding is no loss.
        double[] spread = [.. squares.Select((square, channel) => Math.Sqrt(Math.Max(0, square - (means[channel] * means[channel]) - (1e-12 * square))))];
        Lose(node, node.ToString(), new ChannelConstants(spread, forms: null), [.. live.Select(static _ => true)]);
        return means;
    }

    private void Lose(Node? node, string place, ChannelConstants? constants, bool[] live)
    {
        if (constants is null)
        {
            return;
        }

        double sum = 0;
        for (int channel = 0; channel < live.Length; channel++)
        {
            sum += live[channel] ? constants.Values[channel] * constants.Values[channel] : 0;
        }

        if (sum > 0)
        {
            Losses.Add(new FoldingLoss(node, place, Math.Sqrt(sum / live.Length)));
        }
    }
}
