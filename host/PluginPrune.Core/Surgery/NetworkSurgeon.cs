using System.Collections.Concurrent;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Surgery;

/// <summary>
/// Applies a plan: blocks and channels go, every tensor is cut to what stays, and what dropped channels still contributed is
/// moved into the running means and biases that follow (reference: the 'activation offset' of the YOLOv3 pruning scripts,
/// here over any graph), or into columns of constant channels where the plan has such.
/// </summary>
public sealed class NetworkSurgeon
{
    private readonly PruningPlan _plan;
    private readonly PlanFolding _folding;
    private readonly Dictionary<string, int[]> _kept = new(StringComparer.Ordinal);

    private NetworkSurgeon(PruningPlan plan)
    {
        _plan = plan;
        _folding = new PlanFolding(plan);
        Network left = plan.Analysis.Network;
        foreach (string value in left.Inputs.Select(static input => input.Name).Concat(left.Nodes.Select(static node => node.Id)))
        {
            _kept[value] = IndexesOf(plan.KeepOf(value));
        }
    }

    /// <summary>Applies a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The small network; it shares the tensors of which nothing was cut.</returns>
    public static SurgeryResult Apply(PruningPlan plan, CancellationToken cancellationToken) => Apply(plan, threads: 0, cancellationToken);

    /// <summary>Applies a plan with a given number of threads.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="threads">How many work at once; 0 for one per processor. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The small network; it shares the tensors of which nothing was cut.</returns>
    public static SurgeryResult Apply(PruningPlan plan, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var surgeon = new NetworkSurgeon(plan);
        Network left = plan.Analysis.Network;
        var operations = new ConcurrentDictionary<string, Operation>(StringComparer.Ordinal);

        // The largest layers first, so that no processor is left with one of them at the end.
        Node[] layers = [.. left.Nodes.OrderByDescending(static node => node.Operation.Tensors.Sum(static tensor => (long)tensor.Tensor.Count))];
        Parallel.ForEach(
            Partitioner.Create(layers, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount },
            node => surgeon.Cut(node, operations));

        Network small = left.With(
            left.Nodes.Select(node => operations.TryGetValue(node.Id, out Operation? operation) ? node with { Operation = operation } : node),
            left.Heads);
        return new SurgeryResult(small, [.. surgeon._folding.Losses])
        {
            InexactAtBorder = plan.Folding == FoldingMode.Exact ? [.. surgeon._folding.FindNeeds().Select(static need => need.Layer).Distinct()] : [],
        };
    }

    private static int[] IndexesOf(bool[] keep)
    {
        int[] indexes = new int[keep.Length];
        int count = 0;
        for (int channel = 0; channel < keep.Length; channel++)
        {
            if (keep[channel])
            {
                indexes[count++] = channel;
            }
        }

        return indexes[..count];
    }

    private void Cut(Node node, ConcurrentDictionary<string, Operation> operations)
    {
        int[] kept = _kept[node.Id];
        switch (node.Operation)
        {
            case Convolution or Linear:
                ColumnFold? fold = _folding.ColumnsOf(node.Id);
                double[]? shift = fold?.Shift is { } constants ? ColumnShift.Of(node.Operation, constants, kept) : null;
                Node? norm = BatchNormPairs.NormOf(_plan.Network, _plan.Network[node.Id]);
                Operation layer = ConstantColumns.Write(
                    CutLayer(node, norm is null ? shift : null), node.Operation, kept, _kept[node.Inputs[0]], _plan.ConstantsOf(node.Inputs[0]), fold?.Carried ?? []);
                operations[node.Id] = Hold(layer, node, isNormed: norm is not null);
                if (norm is not null)
                {
                    operations[norm.Id] = Hold(CutNorm((BatchNorm)norm.Operation, _kept[norm.Id], shift), norm, isNormed: false);
                }

                break;
            case BatchNorm lone when BatchNormPairs.StandsAlone(_plan.Network, _plan.Network[node.Id]):
                operations[node.Id] = Hold(CutNorm(lone, kept, _folding.MeansOf(node.Id)), node, isNormed: false);
                break;
            case Slice slice:
                int[] source = _kept[node.Inputs[0]];
                int before = source.Count(channel => channel < slice.Start);
                operations[node.Id] = new Slice(before, source.Count(channel => channel < slice.Start + slice.Length) - before);
                break;
            case ChannelPadding padding:
                int last = _plan.Network.ShapeOf(node.Id).Channels - padding.After;
                operations[node.Id] = new ChannelPadding(kept.Count(channel => channel < padding.Before), kept.Count(channel => channel >= last));
                break;
            default:
                break;
        }
    }

    private Operation Hold(Operation cut, Node node, bool isNormed)
    {
        if (_plan.Constants.IsEmpty)
        {
            return cut;
        }

        bool[] constants = _plan.ConstantsOf(node.Id);
        return ConstantChannels.Hold(cut, node.Operation, [.. _kept[node.Id].Select(channel => constants[channel])], isNormed);
    }

    private Operation CutLayer(Node node, double[]? shift)
    {
        int[] rows = _kept[node.Id];
        int[] columns = _kept[node.Inputs[0]];
        switch (node.Operation)
        {
            case Convolution { IsDepthwise: true } depthwise:
                return depthwise with
                {
                    Weight = TensorSlicer.Rows(depthwise.Weight, rows),
                    Bias = CutBias(depthwise.Bias, depthwise.Weight, rows, shift),
                    Groups = columns.Length,
                };
            case Convolution convolution:
                int perGroup = convolution.OutputChannels / convolution.Groups;
                int width = convolution.Weight.Shape[1];
                int[][] ofGroup =
                [
                    .. Enumerable.Range(0, convolution.Groups).Select(group =>
                        columns.Where(column => column / width == group).Select(column => column - (group * width)).ToArray()),
                ];
                return convolution with
                {
                    Weight = TensorSlicer.RowsAndColumns(convolution.Weight, rows, row => ofGroup[row / perGroup], ofGroup[0].Length),
                    Bias = CutBias(convolution.Bias, convolution.Weight, rows, shift),
                };
            case Linear linear:
                return new Linear(TensorSlicer.RowsAndColumns(linear.Weight, rows, _ => columns, columns.Length), CutBias(linear.Bias, linear.Weight, rows, shift));
            default:
                return node.Operation;
        }
    }

    private static Tensor? CutBias(Tensor? bias, Tensor weight, int[] rows, double[]? shift)
    {
        Tensor? cut = bias is null ? null : TensorSlicer.Rows(bias, rows);
        if (shift is null)
        {
            return cut;
        }

        cut ??= Tensor.FromBytes(new Shape(rows.Length), weight.Type, new byte[rows.Length * weight.ElementSize]);
        return Shifted(cut, rows, shift, +1);
    }

    private static BatchNorm CutNorm(BatchNorm norm, int[] rows, double[]? shift)
    {
        Tensor mean = TensorSlicer.Rows(norm.Mean, rows);
        return norm with
        {
            Gamma = TensorSlicer.Rows(norm.Gamma, rows),
            Beta = TensorSlicer.Rows(norm.Beta, rows),
            Mean = shift is null ? mean : Shifted(mean, rows, shift, -1),
            Variance = TensorSlicer.Rows(norm.Variance, rows),
        };
    }

    private static Tensor Shifted(Tensor tensor, int[] rows, double[] shift, int sign)
    {
        ReadOnlySpan<float> values = tensor.Floats;
        float[] shifted = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            shifted[i] = (float)(values[i] + (sign * shift[rows[i]]));
        }

        return tensor.WithFloats(shifted);
    }
}
