using System.Numerics;
using System.Runtime.CompilerServices;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineManaged.Activations;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>
/// What happens to a convolution's sums while they are still in the cache: a scale and a shift for each channel, which a bias
/// and a batch norm come down to, and an activation. The weights stay as they are.
/// </summary>
internal sealed class Epilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // In double precision until the last, so that a batch norm on a bias is rounded once.
    private readonly double[] _scales;
    private readonly double[] _shifts;
    private readonly ActivationFunction<T>? _activation;
    private readonly T[] _roundedScales;
    private readonly T[] _roundedShifts;

    private Epilogue(double[] scales, double[] shifts, ActivationFunction<T>? activation)
    {
        _scales = scales;
        _shifts = shifts;
        _activation = activation;
        _roundedScales = Array.ConvertAll(scales, T.CreateTruncating);
        _roundedShifts = Array.ConvertAll(shifts, T.CreateTruncating);
    }

    public static Epilogue<T> Bias(int channels, Tensor? bias)
    {
        double[] scales = new double[channels];
        double[] shifts = new double[channels];
        Array.Fill(scales, 1);
        if (bias is not null)
        {
            ReadOnlySpan<float> biases = bias.Floats;
            for (int i = 0; i < channels; i++)
            {
                shifts[i] = biases[i];
            }
        }

        return new Epilogue<T>(scales, shifts, activation: null);
    }

    public Epilogue<T> Then(BatchNorm norm)
    {
        ReadOnlySpan<float> gamma = norm.Gamma.Floats;
        ReadOnlySpan<float> beta = norm.Beta.Floats;
        ReadOnlySpan<float> mean = norm.Mean.Floats;
        ReadOnlySpan<float> variance = norm.Variance.Floats;
        double[] scales = new double[_scales.Length];
        double[] shifts = new double[_scales.Length];
        for (int i = 0; i < scales.Length; i++)
        {
            double factor = gamma[i] / Math.Sqrt(variance[i] + norm.Epsilon);
            scales[i] = _scales[i] * factor;
            shifts[i] = ((_shifts[i] - mean[i]) * factor) + beta[i];
        }

        return new Epilogue<T>(scales, shifts, _activation);
    }

    public Epilogue<T> Then(Activation activation) =>
        new(_scales, _shifts, activation.Kind == ActivationKind.Linear ? null : ActivationFunction.Create<T>(activation));

    /// <summary>Finishes values of one channel in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(Span<T> values, int channel)
    {
        T scale = _roundedScales[channel];
        T shift = _roundedShifts[channel];
        int i = 0;
        var scales = new Vector<T>(scale);
        var shifts = new Vector<T>(shift);
        for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Span<T> lane = values.Slice(i, Vector<T>.Count);
            FusedMath.MultiplyAdd(new Vector<T>(lane), scales, shifts).CopyTo(lane);
        }

        for (; i < values.Length; i++)
        {
            values[i] = T.MultiplyAddEstimate(values[i], scale, shift);
        }

        _activation?.Apply(values, values);
    }
}
