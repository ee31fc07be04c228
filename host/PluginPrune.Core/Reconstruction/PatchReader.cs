using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Reconstruction;

/// <summary>What one output of a convolution or a linear layer sees: the inputs under its kernel, zeros where that lies outside.</summary>
internal sealed class PatchReader
{
    private readonly Shape _input;
    private readonly Shape _output;
    private readonly Convolution? _convolution;

    /// <param name="layer">A convolution or a linear layer.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it makes.</param>
    public PatchReader(Operation layer, Shape input, Shape output)
    {
        _convolution = layer as Convolution;
        _input = input;
        _output = output;
        Groups = _convolution?.Groups ?? 1;
        Taps = _convolution is null ? input.Count : _convolution.Weight.Count / _convolution.OutputChannels;
    }

    /// <summary>In how many parts the layer is computed.</summary>
    public int Groups { get; }

    /// <summary>How many inputs an output has: those of its part.</summary>
    public int Taps { get; }

    /// <summary>Reads the inputs of one place, in the order of the weights.</summary>
    /// <param name="picture">What the layer reads of one picture.</param>
    /// <param name="group">Which part.</param>
    /// <param name="place">The place among those of an output channel, row-major.</param>
    /// <param name="into">Receives them.</param>
    /// <param name="stride">From one to the next there.</param>
    public void Read(ReadOnlySpan<float> picture, int group, int place, Span<float> into, int stride)
    {
        if (_convolution is not { } convolution)
        {
            for (int i = 0; i < Taps; i++)
            {
                into[i * stride] = picture[i];
            }

            return;
        }

        int channels = _input.Channels / Groups;
        int top = (place / _output.Width * convolution.Stride.Height) - convolution.Padding.Top;
        int left = (place % _output.Width * convolution.Stride.Width) - convolution.Padding.Left;
        int next = 0;
        for (int channel = group * channels; channel < (group + 1) * channels; channel++)
        {
            ReadOnlySpan<float> map = picture.Slice(channel * _input.ElementsPerChannel, _input.ElementsPerChannel);
            for (int i = 0; i < convolution.Kernel.Height; i++)
            {
                int y = top + (i * convolution.Dilation.Height);
                for (int j = 0; j < convolution.Kernel.Width; j++)
                {
                    int x = left + (j * convolution.Dilation.Width);
                    bool isInside = (uint)y < (uint)_input.Height && (uint)x < (uint)_input.Width;
                    into[next] = isInside ? map[(y * _input.Width) + x] : 0;
                    next += stride;
                }
            }
        }
    }
}
