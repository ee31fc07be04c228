using System.Numerics;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>A convolution with a kernel of its own at every place: each place gathers what it sees, then one product an output.</summary>
internal sealed class LocalConvolutionKernel<T> : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _weight;
    private readonly T[] _bias;
    private readonly LocalConvolution _operation;
    private readonly Shape _input;
    private readonly Shape _output;

    public LocalConvolutionKernel(LocalConvolution operation, Shape input, Shape output)
    {
        _operation = operation;
        _input = input;
        _output = output;
        _weight = TensorElements.Of<T>(operation.Weight);
        _bias = TensorElements.Of<T>(operation.Bias);
    }

    public override void Run(KernelArguments<T> arguments)
    {
        int places = _output.ElementsPerChannel;
        int taps = _operation.Weight.Count / places / _output.Channels;
        arguments.Workers.For(arguments.Pictures * places, i =>
        {
            (int picture, int place) = Math.DivRem(i, places);
            var seen = new T[taps];
            Gather(arguments.Input.AsSpan(picture * _input.Count, _input.Count), place, seen);
            for (int channel = 0; channel < _output.Channels; channel++)
            {
                ReadOnlySpan<T> weights = _weight.AsSpan(((place * _output.Channels) + channel) * taps, taps);
                int at = (channel * places) + place;
                arguments.Output[(picture * _output.Count) + at] = VectorMath.Dot(weights, seen) + _bias[at];
            }
        });
    }

    // Places outside the input stay 0.
    private void Gather(ReadOnlySpan<T> input, int place, Span<T> seen)
    {
        (int y, int x) = Math.DivRem(place, _output.Width);
        int top = (y * _operation.Stride.Height) - _operation.Padding.Top;
        int left = (x * _operation.Stride.Width) - _operation.Padding.Left;
        int high = _operation.Weight.Shape[3];
        int wide = _operation.Weight.Shape[4];
        for (int tap = 0; tap < seen.Length; tap++)
        {
            (int row, int dx) = Math.DivRem(tap, wide);
            (int channel, int dy) = Math.DivRem(row, high);
            if ((uint)(top + dy) < (uint)_input.Height && (uint)(left + dx) < (uint)_input.Width)
            {
                seen[tap] = input[(((channel * _input.Height) + top + dy) * _input.Width) + left + dx];
            }
        }
    }
}
