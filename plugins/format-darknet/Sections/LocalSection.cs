using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Weights;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[local]: a convolution with a kernel of its own at every place.</summary>
internal sealed class LocalSection : SectionType
{
    private const string DefaultActivation = "logistic";

    public override string Name => "local";

    public override string Read(SectionReader reader)
    {
        CfgSection section = reader.Section;
        reader.RefuseSwitches("dontload");
        Shape input = reader.PreviousShape;
        int filters = reader.AtLeast(1, "filters", 1);
        int size = reader.AtLeast(1, "size", 1);
        int stride = reader.AtLeast(1, "stride", 1);
        int pad = reader.AtLeast(0, "pad", 0);
        if (Extent(input.Height, size, stride, pad) != Seen(input.Height, size, stride, pad)
            || Extent(input.Width, size, stride, pad) != Seen(input.Width, size, stride, pad))
        {
            throw section.Fault(
                "pad", $"layer {section.Index} [local] has size {size}, stride {stride} and pad {pad}: Darknet works out a size of its output that its windows do not have. With pad=1 the size must be 3.");
        }

        Shape output = reader.CheckedShape(filters, Extent(input.Height, size, stride, pad), Extent(input.Width, size, stride, pad));
        if ((Int128)output.Count * input.Channels * size * size > int.MaxValue)
        {
            throw section.Fault("filters", $"layer {section.Index} [local] has {output} outputs of {input.Channels} x {size} x {size} inputs; more than 2^31 weights in a layer cannot be.");
        }

        WeightsSlot bias = reader.Weights("bias", filters, output.Height, output.Width);
        WeightsSlot weight = reader.Weights("weight", output.ElementsPerChannel, filters, input.Channels, size, size);
        string value = reader.Add(
            "local",
            () => new LocalConvolution(weight.ToTensor(), bias.ToTensor()) { Stride = Contracts.Operations.Extent.Square(stride), Padding = Padding.Same(pad) },
            output,
            reader.Previous);
        return reader.AddActivation(value, DefaultActivation);
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        if (node.Operation is not LocalConvolution local)
        {
            return null;
        }

        Shape input = planner.ShapeOf(node.Inputs[0]);
        Shape output = planner.ShapeOf(node.Id);
        int size = local.Weight.Shape[3];
        int stride = local.Stride.Height;
        int pad = local.Padding.Top;
        bool isSquare = size == local.Weight.Shape[4] && stride == local.Stride.Width && local.Padding == Padding.Same(pad);
        if (!isSquare || Extent(input.Height, size, stride, pad) != output.Height || Extent(input.Width, size, stride, pad) != output.Width)
        {
            planner.Fail(node, "a [local] section needs a square kernel, one stride and no padding, or 1 with a kernel of 3");
            return null;
        }

        CfgSection? source = SourceOf(node.Annotations);
        ImmutableArray<Setting> activation = ActivationSettings(node, planner, DefaultActivation, out string last);
        return new SectionDraft(this, node, last)
        {
            Source = source,
            Primary = [node.Inputs[0]],
            Settings =
            [
                new Setting("filters", Text(output.Channels), "1") { IsAlwaysWritten = true },
                new Setting("size", Text(size), "1") { IsAlwaysWritten = true },
                new Setting("stride", Text(stride), "1") { IsAlwaysWritten = true },
                new Setting("pad", Text(pad), "0"),
                .. activation,
            ],
            Weights = new SectionWeights { Others = [local.Bias, local.Weight] },
        };
    }

    // What Darknet takes for the output's extent, and what its windows really have.
    private static long Extent(int extent, int size, int stride, int pad) =>
        extent < size && pad == 0 ? 0 : ((extent - (pad == 0 ? size : 1)) / stride) + 1;

    private static long Seen(int extent, int size, int stride, int pad) =>
        extent + (2L * pad) < size ? 0 : ((extent + (2L * pad) - size) / stride) + 1;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
