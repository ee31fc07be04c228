using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatYolov5.Modules;

namespace PluginPrune.FormatYolov5.Graph;

/// <summary>The detection layer: a convolution and a head for each level. Anchors are those of the buffer, in cells; AutoAnchor changes them there alone.</summary>
internal static class DetectReader
{
    /// <summary>Adds its nodes.</summary>
    /// <param name="module">The module.</param>
    /// <param name="inputs">One for each level.</param>
    /// <param name="nodes">Takes the nodes.</param>
    /// <param name="input">What the network takes.</param>
    /// <exception cref="Shared.TorchFiles.TorchFileException">It is incomplete, or its parts do not go together.</exception>
    public static ImmutableArray<Head> Read(ModuleAt module, ImmutableArray<string> inputs, NodeList nodes, NetworkInput input)
    {
        Tensor anchors = module.Tensor("anchors", 3);
        ModuleAt[] levels = [.. module["m"].Children];
        if (levels.Length != inputs.Length || anchors.Shape[0] != inputs.Length || anchors.Shape[2] != 2)
        {
            throw module.Fault($"reads {inputs.Length} values with {levels.Length} convolutions and anchors of the shape {anchors.Shape}; they must be as many, with two numbers an anchor");
        }

        var layer = new LayerBuilder(nodes);
        var heads = ImmutableArray.CreateBuilder<Head>(levels.Length);
        for (int level = 0; level < levels.Length; level++)
        {
            string value = layer.Build(levels[level], [inputs[level]]);
            int perAnchor = Math.DivRem(nodes.ShapeOf(value).Channels, anchors.Shape[1], out int rest);
            int classes = perAnchor - 5;
            if (rest != 0 || classes < 1)
            {
                throw module.Fault($"has {anchors.Shape[1]} anchors and gives {nodes.ShapeOf(value).Channels} channels at level {level}; 5 and one for each class were wanted for each anchor");
            }

            heads.Add(new Head(
                $"{module.Path}.{level}",
                "yolov5",
                value,
                ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty
                    .Add("anchors", AnchorsOf(anchors, level, (double)input.Shape.Width / nodes.ShapeOf(value).Width))
                    .Add("classes", [classes])
                    .Add("level", [level, levels.Length]),
                new NodeOrigin($"{module.Path}.{level}", module.Kind, null)));
        }

        return heads.MoveToImmutable();
    }

    private static ImmutableArray<double> AnchorsOf(Tensor anchors, int level, double stride)
    {
        int count = anchors.Shape[1] * 2;
        ReadOnlySpan<float> cells = anchors.Floats.Slice(level * count, count);
        double[] pixels = new double[count];
        for (int i = 0; i < count; i++)
        {
            pixels[i] = cells[i] * stride;
        }

        return [.. pixels];
    }
}
