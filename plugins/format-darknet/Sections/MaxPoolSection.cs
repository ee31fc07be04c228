using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[maxpool].</summary>
internal sealed class MaxPoolSection : SectionType
{
    public override string Name => "maxpool";

    public override ImmutableArray<string> Aliases => ["max"];

    public override string Read(SectionReader reader)
    {
        reader.RefuseSwitches("maxpool_depth", "antialiasing", "maxpool_zero_nonmax");
        int stride = reader.AtLeast(1, "stride", 1);
        reader.AtLeast(1, "stride_x", stride);
        reader.AtLeast(1, "stride_y", stride);
        int size = reader.AtLeast(1, "size", stride);
        reader.AtLeast(0, "padding", size - 1);
        return reader.Add("maxpool", ToOperation(reader.Section, reader.PreviousShape), reader.Previous);
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        if (node.Operation is not MaxPool pool)
        {
            return null;
        }

        CfgSection? source = SourceOf(node.Annotations);
        Shape input = planner.ShapeOf(node.Inputs[0]);
        ImmutableArray<Setting> settings = [];
        if (source is null || !IsSame(ToOperation(source, input), pool, input))
        {
            if (FindPadding(pool, input) is not { } padding)
            {
                planner.Fail(node, "a [maxpool] section needs a square window that begins as far outside on top as on the left");
                return null;
            }

            settings = [.. Settings(pool, padding)];
        }

        return new SectionDraft(this, node, node.Id) { Source = source, Primary = [node.Inputs[0]], Settings = settings };
    }

    // Darknet: out = (in + padding - size) / stride + 1, and the first window begins padding / 2 before the input.
    private static MaxPool ToOperation(CfgSection section, Shape input)
    {
        int stride = section.Integer("stride", 1);
        var steps = new Extent(section.Integer("stride_y", stride), section.Integer("stride_x", stride));
        int size = section.Integer("size", stride);
        int padding = section.Integer("padding", size - 1);
        int before = padding / 2;
        int bottom = After(input.Height, padding, size, steps.Height);
        int right = After(input.Width, padding, size, steps.Width);
        return new MaxPool(Extent.Square(size), steps, new Padding(before, before, bottom, right));
    }

    // All that is left of the padding, so that the operation stands for every size of the input; where a window could then
    // lie wholly outside, only what is used at this size.
    private static int After(int extent, int padding, int size, int stride)
    {
        int rest = padding - (padding / 2);
        if (rest < size)
        {
            return rest;
        }

        long output = (((long)extent + padding - size) / stride) + 1;
        return (int)Math.Max(0, ((output - 1) * stride) + size - extent - (padding / 2));
    }

    // The rows below and columns on the right matter only as far as a window reaches them.
    private static bool IsSame(MaxPool left, MaxPool right, Shape input) =>
        left.Kernel == right.Kernel && left.Stride == right.Stride && left.Padding.Top == right.Padding.Top && left.Padding.Left == right.Padding.Left
        && left.InferShape([input]) == right.InferShape([input]);

    private static int? FindPadding(MaxPool pool, Shape input)
    {
        if (pool.Kernel.Height != pool.Kernel.Width || pool.Padding.Top != pool.Padding.Left)
        {
            return null;
        }

        Shape output = pool.InferShape([input]);
        int size = pool.Kernel.Height;

        // The whole padding says the same at every size of the input; else whatever says it at this size.
        foreach (int padding in (int[])[pool.Padding.Top + pool.Padding.Bottom, 2 * pool.Padding.Top, (2 * pool.Padding.Top) + 1])
        {
            long height = (((long)input.Height + padding - size) / pool.Stride.Height) + 1;
            long width = (((long)input.Width + padding - size) / pool.Stride.Width) + 1;
            if (padding / 2 == pool.Padding.Top && height == output.Height && width == output.Width)
            {
                return padding;
            }
        }

        return null;
    }

    private static IEnumerable<Setting> Settings(MaxPool pool, int padding)
    {
        string down = pool.Stride.Height.ToString(CultureInfo.InvariantCulture);
        string right = pool.Stride.Width.ToString(CultureInfo.InvariantCulture);
        int size = pool.Kernel.Height;
        yield return new Setting("size", size.ToString(CultureInfo.InvariantCulture));
        yield return new Setting("stride", down);
        yield return new Setting("stride_x", right, down);
        yield return new Setting("stride_y", down, down);
        yield return new Setting("padding", padding.ToString(CultureInfo.InvariantCulture), (size - 1).ToString(CultureInfo.InvariantCulture));
    }
}
