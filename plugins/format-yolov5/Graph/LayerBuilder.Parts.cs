using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatYolov5.Modules;

namespace PluginPrune.FormatYolov5.Graph;

/// <summary>Modules without convolutions.</summary>
internal sealed partial class LayerBuilder
{
    private static MaxPool PoolOf(ModuleAt module)
    {
        if (module.Kind != "MaxPool2d" || module.Extent("dilation", 1) != Extent.Square(1) || module.Is("ceil_mode"))
        {
            throw module.Fault("is no maximum over windows without gaps, rounded down");
        }

        Extent kernel = module.Extent("kernel_size", 1);
        Extent padding = module.Extent("padding", 0);
        return new MaxPool(
            kernel,
            module.Module.Attribute("stride") is null ? kernel : module.Extent("stride", 1),
            new Padding(padding.Height, padding.Width, padding.Height, padding.Width));
    }

    private static int FactorOf(ModuleAt module)
    {
        const int Largest = 64;
        double factor = module.Module.Attribute("scale_factor") is Shared.TorchFiles.Pickles.PickleTuple { Items: [double rows, double columns] } && rows == columns
            ? rows
            : module.Number("scale_factor", 0);
        return module.Module.Attribute("mode") is null or "nearest" && factor >= 1 && factor <= Largest && factor == Math.Truncate(factor)
            ? (int)factor
            : throw module.Fault("does not repeat places a whole number of times (scale_factor, mode 'nearest')");
    }

    /// <summary>Channels become blocks of places: channel (row * gain + column) * (channels / gain^2) + c goes to channel c.</summary>
    private string Expand(ModuleAt module, string input)
    {
        int gain = module.Whole("gain", 1);
        Shape shape = nodes.ShapeOf(input);
        if (shape.Rank != 3 || shape.Channels % (gain * gain) != 0)
        {
            throw module.Fault($"makes blocks of {gain} x {gain} of {shape.Channels} channels, which is not possible");
        }

        int left = shape.Channels / (gain * gain);
        string split = nodes.Add(module, $"{module.Path}.split", new Reshape(new Shape(gain, gain, left, shape.Height, shape.Width)), input);
        string turned = nodes.Add(module, $"{module.Path}.turn", new Transpose([2, 3, 0, 4, 1]), split);
        return nodes.Add(module, module.Path, new Reshape(new Shape(left, shape.Height * gain, shape.Width * gain)), turned);
    }

    /// <summary>Attention over all places is kept as it is; no engine runs it, and the channels around it stay.</summary>
    private string Transformer(ModuleAt module, string input)
    {
        Shape shape = nodes.ShapeOf(input).WithChannels(module.Whole("c2", 1));
        var parameters = ImmutableArray.CreateBuilder<NamedTensor>();
        Gather(module, string.Empty);
        return nodes.Add(module, module.Path, new Opaque(module.Module.Type.ToString(), shape, parameters.DrainToImmutable()), input);

        void Gather(ModuleAt part, string prefix)
        {
            parameters.AddRange(part.Module.Parameters.Where(static pair => pair.Value is not null).Select(pair => new NamedTensor(prefix + pair.Key, pair.Value!)));
            foreach (KeyValuePair<string, TorchModule?> child in part.Module.Children.Where(static child => child.Value is not null))
            {
                Gather(new ModuleAt($"{part.Path}.{child.Key}", child.Value!), $"{prefix}{child.Key}.");
            }
        }
    }
}
