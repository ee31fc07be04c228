using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Writing.Operations;
using PluginPrune.FormatOnnx.Writing.Outputs;

namespace PluginPrune.FormatOnnx.Writing;

/// <summary>Finds what keeps a network from being written as it is asked for.</summary>
internal sealed class ObstacleFinder(Network network, OnnxOptions options)
{
    private readonly WritePlan _plan = new(network, options);

    public ImmutableArray<string> Find()
    {
        List<string> obstacles = [.. OfNodes(), .. OfHeads()];
        if (new OutputNames(_plan, options).FindFault() is { } names)
        {
            obstacles.Add(names);
        }

        if (options is { DynamicBatch: true, FixedBatch: { } pictures })
        {
            obstacles.Add($"--fixed-batch {pictures} and --dynamic-batch say different things of how many pictures the file takes at once. Leave one of them.");
        }

        obstacles.AddRange(OfSize());
        obstacles.AddRange(OfHalf());

        // What protocol buffers can say of a length, less what the graph itself takes.
        long bytes = _plan.Steps.Sum(static step => step.Node.Operation.Tensors.Sum(static tensor => (long)tensor.Tensor.Count * sizeof(float)));
        if (bytes > int.MaxValue - (64 << 20))
        {
            obstacles.Add($"Its weights take {bytes / 1e9:0.0} GB; an ONNX file holds 2 GB.");
        }

        return [.. obstacles];
    }

    private IEnumerable<string> OfNodes()
    {
        foreach ((Node node, _) in _plan.Steps)
        {
            if (node.Operation is Opaque)
            {
                if (KeptWriter.FindFault(node, [.. node.Inputs.Select(network.ShapeOf)], _plan.Opset) is { } fault)
                {
                    yield return $"{node}: {fault}";
                }
            }
            else if (!AxesAgree(node))
            {
                yield return $"{node}: its inputs {string.Join(" and ", node.Inputs.Select(network.ShapeOf))} differ in an axis beyond the third.";
            }
        }
    }

    // The contracts compare heights and widths alone, which leaves out the further axes of a value of rank 4 or more.
    private bool AxesAgree(Node node)
    {
        Shape[] shapes = [.. node.Inputs.Select(network.ShapeOf)];
        return node.Operation switch
        {
            Concat => shapes.All(shape => shape.ElementsPerChannel == shapes[0].ElementsPerChannel),
            Multiply => shapes[1].ElementsPerChannel == 1 || shapes[1].ElementsPerChannel == shapes[0].ElementsPerChannel,
            _ => true,
        };
    }

    private IEnumerable<string> OfHeads()
    {
        if (options.Nms && _plan.Form is not (OutputForm.Decoded or OutputForm.Release7))
        {
            yield return "--nms suppresses decoded boxes: give --outputs decoded or v7.0 with it.";
            yield break;
        }

        if (_plan.Form == OutputForm.Raw)
        {
            yield break;
        }

        if (network.Heads.IsEmpty)
        {
            yield return "It has no head whose boxes could be decoded. Write raw outputs.";
        }

        if (network.Inputs.Length != 1 || network.Inputs[0].Shape.Rank != 3)
        {
            yield return "Boxes are decoded in pixels of one picture, which is not what the network takes. Write raw outputs.";
            yield break;
        }

        Head? first = null;
        foreach (Head head in network.Heads)
        {
            if (YoloGeometry.FindFault(head, network) is { } fault)
            {
                yield return $"Head '{head.Id}' ({head.Origin}): {fault}";
            }
            else if (head.Number("classes", 0) != (first ??= head).Number("classes", 0))
            {
                yield return $"Head '{head.Id}' ({head.Origin}) has {head.Number("classes", 0)} classes, head '{first.Id}' {first.Number("classes", 0)}; in one tensor they must be equal. Write raw outputs.";
            }
        }
    }

    /// <summary>What half precision cannot hold, batch normalization folded as it will be.</summary>
    private IEnumerable<string> OfHalf()
    {
        foreach ((Node node, Node? norm) in options.Half ? _plan.Steps : [])
        {
            if (node.Operation is Opaque)
            {
                yield return $"{node}: {node.Operation.Name} is kept as it was read, in single precision; leave --half out.";
                continue;
            }

            bool overflows = (node.Operation, norm?.Operation) switch
            {
                (Convolution convolution, BatchNorm folded) => Overflows(convolution.Weight, convolution.Bias, folded),
                (Linear linear, BatchNorm folded) => Overflows(linear.Weight, linear.Bias, folded),
                _ => node.Operation.Tensors.Any(static tensor => HalfPrecision.Overflows(tensor.Tensor)),
            };
            if (overflows)
            {
                yield return $"{node}: it has weights beyond {HalfPrecision.Largest:0}, which half precision does not have; leave --half out.";
            }
        }

        static bool Overflows(Tensor weight, Tensor? bias, BatchNorm norm)
        {
            var folding = new NormFolding(norm);
            return HalfPrecision.Overflows(folding.FoldWeight(weight)) || HalfPrecision.Overflows(folding.FoldBias(bias));
        }
    }

    private List<string> OfSize()
    {
        if (!options.DynamicSize)
        {
            return [];
        }

        if (network.Inputs.Any(static input => input.Shape.Rank != 3))
        {
            return ["--dynamic-size is for pictures; an input of the network is none."];
        }

        try
        {
            Network larger = OpenExtents.Enlarge(network);
            return
            [
                .. _plan.Steps.Select(static step => step.Node)
                    .Where(node => node.Operation is Opaque || node.Operation is CenterCrop || network.ShapeOf(node.Id).Channels != larger.ShapeOf(node.Id).Channels)
                    .Select(node => $"{node}: what it gives is bound to the size of the picture; leave --dynamic-size out."),
            ];
        }
        catch (NetworkException error)
        {
            return [$"--dynamic-size: the network does not take pictures of another size. {error.Message}"];
        }
    }
}
