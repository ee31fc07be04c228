using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Surgery;

/// <summary>The two networks of full size that a small one is compared with.</summary>
public static class FullSizeNetworks
{
    /// <summary>
    /// The whole network with scale 0 at every batch norm of the dropped channels and of the removed blocks (where there is
    /// no batch norm, weights 0); biases and betas stay.
    /// </summary>
    /// <param name="plan">The plan.</param>
    public static Network Masked(PruningPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Network network = plan.Network;
        return network.With(network.Nodes.Select(node => Mask(plan, node)), network.Heads);
    }

    /// <summary>
    /// The network without the removed blocks, of full size, whose layers ignore the dropped channels (the columns that read
    /// them are 0) and hold the constants that these contributed, in biases, means and columns of constant channels. The small
    /// network must compute the same.
    /// </summary>
    /// <param name="plan">The plan.</param>
    public static Network Folded(PruningPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var folding = new PlanFolding(plan);
        Network left = plan.Analysis.Network;
        var operations = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (Node node in left.Nodes)
        {
            if (node.Operation is Convolution or Linear)
            {
                ColumnFold? fold = folding.ColumnsOf(node.Id);
                double[]? shift = fold?.Shift is { } constants ? ColumnShift.Of(node.Operation, constants, rows: null) : null;
                Node? norm = BatchNormPairs.NormOf(plan.Network, plan.Network[node.Id]);
                bool[] constantInput = plan.ConstantsOf(node.Inputs[0]);
                bool[] constantOutput = plan.ConstantsOf(node.Id);
                Operation layer = ConstantColumns.Write(
                    Ignore(node.Operation, plan.KeepOf(node.Inputs[0]), norm is null ? shift : null),
                    node.Operation,
                    [.. Enumerable.Range(0, constantOutput.Length)],
                    [.. Enumerable.Range(0, constantInput.Length)],
                    constantInput,
                    fold?.Carried ?? []);
                operations[node.Id] = ConstantChannels.Hold(layer, node.Operation, constantOutput, norm is not null);
                if (norm is { Operation: BatchNorm following })
                {
                    operations[norm.Id] = ConstantChannels.Hold(
                        shift is null ? following : following with { Mean = Plus(following.Mean, shift, -1) }, following, constantOutput, isNormed: false);
                }
            }
            else if (node.Operation is BatchNorm lone && BatchNormPairs.StandsAlone(plan.Network, plan.Network[node.Id]))
            {
                operations[node.Id] = ConstantChannels.Hold(
                    folding.MeansOf(node.Id) is { } means ? lone with { Mean = Plus(lone.Mean, means, -1) } : lone, lone, plan.ConstantsOf(node.Id), isNormed: false);
            }
        }

        return left.With(
            left.Nodes.Select(node => operations.TryGetValue(node.Id, out Operation? operation) ? node with { Operation = operation } : node),
            left.Heads);
    }

    private static Node Mask(PruningPlan plan, Node node)
    {
        if (node.Operation is not (Convolution or Linear or BatchNorm))
        {
            return node;
        }

        bool[] keep = plan.LiveOf(node.Id);
        if (Array.TrueForAll(keep, static kept => kept))
        {
            return node;
        }

        return node with
        {
            Operation = node.Operation switch
            {
                BatchNorm norm => norm with { Gamma = ZeroRows(norm.Gamma, keep) },
                Convolution convolution when BatchNormPairs.NormOf(plan.Network, node) is null =>
                    convolution with { Weight = ZeroRows(convolution.Weight, keep) },
                Linear linear when BatchNormPairs.NormOf(plan.Network, node) is null =>
                    linear with { Weight = ZeroRows(linear.Weight, keep) },
                _ => node.Operation,
            },
        };
    }

    private static Tensor ZeroRows(Tensor tensor, bool[] keep)
    {
        float[] values = tensor.Floats.ToArray();
        int length = values.Length / keep.Length;
        for (int row = 0; row < keep.Length; row++)
        {
            if (!keep[row])
            {
                values.AsSpan(row * length, length).Clear();
            }
        }

        return tensor.WithFloats(values);
    }

    private static Operation Ignore(Operation operation, bool[] keepInput, double[]? shift) => operation switch
    {
        Convolution convolution => convolution with
        {
            Weight = ZeroColumns(convolution.Weight, convolution.Groups, keepInput),
            Bias = Shift(convolution.Bias, convolution.OutputChannels, shift),
        },
        Linear linear => new Linear(ZeroColumns(linear.Weight, 1, keepInput), Shift(linear.Bias, linear.Weight.Shape[0], shift)),
        _ => operation,
    };

    private static Tensor ZeroColumns(Tensor weight, int groups, bool[] keepInput)
    {
        if (Array.TrueForAll(keepInput, static kept => kept))
        {
            return weight;
        }

        float[] values = weight.Floats.ToArray();
        int outputs = weight.Shape[0];
        int columns = weight.Shape[1];
        int taps = values.Length / outputs / columns;
        for (int row = 0; row < outputs; row++)
        {
            int first = row / (outputs / groups) * columns;
            for (int column = 0; column < columns; column++)
            {
                if (!keepInput[first + column])
                {
                    values.AsSpan(((row * columns) + column) * taps, taps).Clear();
                }
            }
        }

        return weight.WithFloats(values);
    }

    private static Tensor? Shift(Tensor? bias, int outputs, double[]? shift) =>
        shift is null ? bias : Plus(bias ?? Tensor.FromFloats(new float[outputs]), shift, +1);

    private static Tensor Plus(Tensor tensor, double[] shift, int sign)
    {
        float[] values = tensor.Floats.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(values[i] + (sign * shift[i]));
        }

        return tensor.WithFloats(values);
    }
}
