using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>How the window of a [convolutional] section moves.</summary>
/// <param name="Size">Rows and columns of the kernel.</param>
/// <param name="StrideY">The step down.</param>
/// <param name="StrideX">The step to the right.</param>
/// <param name="Padding">The padding as the section says it, before dilation.</param>
/// <param name="Dilation">The distance between taps; also a factor on the padding.</param>
internal readonly record struct ConvolutionGeometry(int Size, int StrideY, int StrideX, int Padding, int Dilation)
{
    /// <summary>Reads the options; nothing is checked.</summary>
    public static ConvolutionGeometry Of(CfgSection section)
    {
        int size = section.Integer("size", 1);
        int stride = section.Integer("stride", 1);
        int strideX = section.Integer("stride_x", -1);
        int strideY = section.Integer("stride_y", -1);
        return new ConvolutionGeometry(
            size,
            strideY < 1 ? stride : strideY,
            strideX < 1 ? stride : strideX,
            section.Integer("pad", 0) != 0 ? size / 2 : section.Integer("padding", 0),
            size == 1 ? 1 : section.Integer("dilation", 1));
    }

    /// <summary>The geometry of a convolution, or null where no section can say it.</summary>
    public static ConvolutionGeometry? Of(Convolution convolution, Shape input)
    {
        Padding padding = convolution.Padding;
        int dilation = convolution.Kernel.Height == 1 ? 1 : convolution.Dilation.Height;
        bool isSquare = convolution.Kernel.Height == convolution.Kernel.Width
            && (convolution.Dilation.Height == convolution.Dilation.Width || convolution.Kernel.Height == 1)
            && padding == Contracts.Operations.Padding.Same(padding.Top);
        if (!isSquare || padding.Top % dilation != 0)
        {
            return null;
        }

        var geometry = new ConvolutionGeometry(
            convolution.Kernel.Height, convolution.Stride.Height, convolution.Stride.Width, padding.Top / dilation, dilation);
        return geometry.IsConsistent(input) ? geometry : null;
    }

    /// <summary>The height and width that come out, computed without overflow; below 1 where nothing does.</summary>
    public (long Height, long Width) Output(Shape input)
    {
        long room = (2L * Padding * Dilation) - ((long)Dilation * (Size - 1)) - 1;
        return (Along(input.Height, room, StrideY), Along(input.Width, room, StrideX));
    }

    /// <summary>
    /// Whether Darknet's idea of the output's size, which forgets the dilation, is what its convolution computes. Where it is
    /// not, Darknet reads and writes beyond its buffers.
    /// </summary>
    public bool IsConsistent(Shape input)
    {
        long room = (2L * Padding) - Size;
        return Output(input) == (Along(input.Height, room, StrideY), Along(input.Width, room, StrideX));
    }

    /// <summary>What a section must say for this geometry.</summary>
    public IEnumerable<Setting> ToSettings()
    {
        yield return new Setting("size", Text(Size));
        if (StrideX == StrideY)
        {
            yield return new Setting("stride", Text(StrideY));
            yield return new Setting("stride_x", Text(StrideX), Text(StrideX));
            yield return new Setting("stride_y", Text(StrideY), Text(StrideY));
        }
        else
        {
            yield return new Setting("stride_x", Text(StrideX));
            yield return new Setting("stride_y", Text(StrideY));
        }

        // A padding of half the size can be said with pad alone, as all files do.
        bool isHalf = Padding == Size / 2;
        yield return new Setting("pad", isHalf && Padding > 0 ? "1" : "0", "0");
        yield return new Setting("padding", isHalf ? "0" : Text(Padding), "0");
        yield return new Setting("dilation", Text(Dilation), "1");
    }

    private static long Along(long extent, long room, int stride) => extent + room < 0 ? 0 : ((extent + room) / stride) + 1;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
