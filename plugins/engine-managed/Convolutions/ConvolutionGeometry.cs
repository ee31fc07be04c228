using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>The sizes of a convolution.</summary>
internal sealed record ConvolutionGeometry(Convolution Convolution, Shape Input, Shape Output)
{
    public int Groups { get; } = Convolution.Groups;

    public int InputChannels { get; } = Input.Channels;

    public int OutputChannels { get; } = Output.Channels;

    public int GroupInputs { get; } = Input.Channels / Convolution.Groups;

    public int GroupOutputs { get; } = Output.Channels / Convolution.Groups;

    public int InputHeight { get; } = Input.Height;

    public int InputWidth { get; } = Input.Width;

    public int InputPlane { get; } = Input.ElementsPerChannel;

    public int OutputHeight { get; } = Output.Height;

    public int OutputWidth { get; } = Output.Width;

    public int OutputPlane { get; } = Output.ElementsPerChannel;

    public Extent Kernel { get; } = Convolution.Kernel;

    public int Taps { get; } = Convolution.Kernel.Height * Convolution.Kernel.Width;

    public Extent Stride { get; } = Convolution.Stride;

    public Extent Dilation { get; } = Convolution.Dilation;

    public Padding Padding { get; } = Convolution.Padding;

    /// <summary>How many products make one output.</summary>
    public int Depth => GroupInputs * Taps;

    /// <summary>The output columns whose input column, for a tap's column, lies inside: from Start up to End.</summary>
    public (int Start, int End) InsideColumns(int kernelX)
    {
        int offset = Padding.Left - (kernelX * Dilation.Width);
        return Inside(offset, InputWidth, Stride.Width, OutputWidth);
    }

    /// <summary>The output rows whose input row, for a tap's row, lies inside: from Start up to End.</summary>
    public (int Start, int End) InsideRows(int kernelY)
    {
        int offset = Padding.Top - (kernelY * Dilation.Height);
        return Inside(offset, InputHeight, Stride.Height, OutputHeight);
    }

    // All o with 0 <= o * stride - offset < extent, 0 <= o < limit.
    private static (int Start, int End) Inside(int offset, int extent, int stride, int limit)
    {
        int start = offset <= 0 ? 0 : (offset + stride - 1) / stride;
        int last = extent - 1 + offset;
        int end = last < 0 ? 0 : Math.Min((last / stride) + 1, limit);
        return (Math.Min(start, end), end);
    }
}
