using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Costs;

/// <summary>
/// What a plan leaves, counted from its masks alone: a search over many plans need not cut any tensor. Equal to
/// <see cref="NetworkCost.Of"/> of what surgery makes, but for a bias that folding may have to add where a layer has neither
/// bias nor batch norm.
/// </summary>
public static class PlanCost
{
    /// <summary>Counts.</summary>
    /// <param name="plan">The plan.</param>
    public static CostTotals Of(PruningPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Network left = plan.Analysis.Network;
        var totals = default(CostTotals);
        foreach (Node node in left.Nodes.Where(static node => !node.Operation.Tensors.IsEmpty))
        {
            int outputs = plan.KeepOf(node.Id).Count(static keep => keep);
            CostTotals cost = node.Operation switch
            {
                Convolution convolution => Layer(
                    convolution.Weight,
                    convolution.Bias,
                    outputs,
                    convolution.IsDepthwise ? 1 : plan.KeepOf(node.Inputs[0]).Count(static keep => keep) / convolution.Groups,
                    left.ShapeOf(node.Id).ElementsPerChannel),
                Linear linear => Layer(linear.Weight, linear.Bias, outputs, plan.KeepOf(node.Inputs[0]).Count(static keep => keep), 1),
                _ => Scaled(node.Operation, outputs, left.ShapeOf(node.Id).Channels),
            };
            totals = new CostTotals(totals.Parameters + cost.Parameters, totals.Flops + cost.Flops, totals.Bytes + cost.Bytes);
        }

        return totals;
    }

    private static CostTotals Layer(Tensor weight, Tensor? bias, int outputs, int columns, int places)
    {
        long weights = (long)outputs * columns * (weight.Count / weight.Shape[0] / weight.Shape[1]);
        long biases = bias is null ? 0 : outputs;
        return new CostTotals(weights + biases, 2 * weights * places, (weights * weight.ElementSize) + (biases * (bias?.ElementSize ?? 0)));
    }

    /// <summary>Tensors with an entry for each channel, or of a node whose channels are all kept.</summary>
    private static CostTotals Scaled(Operation operation, int kept, int channels)
    {
        long parameters = 0;
        long bytes = 0;
        foreach (NamedTensor tensor in operation.Tensors)
        {
            long count = (long)tensor.Tensor.Count / channels * kept;
            count = kept == channels ? tensor.Tensor.Count : count;
            parameters += tensor.IsLearned ? count : 0;
            bytes += count * tensor.Tensor.ElementSize;
        }

        return new CostTotals(parameters, 0, bytes);
    }
}
