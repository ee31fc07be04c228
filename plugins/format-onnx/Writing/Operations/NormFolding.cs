using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.FormatOnnx.Writing.Operations;

/// <summary>
/// Batch normalization y = gamma (x - mean) / sqrt(variance + epsilon) + beta as a factor on the weights before it and a shift.
/// </summary>
internal sealed class NormFolding
{
    private readonly double[] _factors;
    private readonly double[] _shifts;

    public NormFolding(BatchNorm norm)
    {
        ReadOnlySpan<float> gamma = norm.Gamma.Floats;
        ReadOnlySpan<float> beta = norm.Beta.Floats;
        ReadOnlySpan<float> mean = norm.Mean.Floats;
        ReadOnlySpan<float> variance = norm.Variance.Floats;
        _factors = new double[gamma.Length];
        _shifts = new double[gamma.Length];
        for (int i = 0; i < _factors.Length; i++)
        {
            _factors[i] = gamma[i] / Math.Sqrt(variance[i] + norm.Epsilon);
            _shifts[i] = beta[i] - (_factors[i] * mean[i]);
        }
    }

    /// <summary>The weights times the factor of their output channel.</summary>
    /// <param name="weight">[out, ...].</param>
    public Tensor FoldWeight(Tensor weight)
    {
        ReadOnlySpan<float> source = weight.Floats;
        float[] folded = GC.AllocateUninitializedArray<float>(source.Length);
        int fan = source.Length / _factors.Length;
        for (int channel = 0; channel < _factors.Length; channel++)
        {
            double factor = _factors[channel];
            Span<float> target = folded.AsSpan(channel * fan, fan);
            ReadOnlySpan<float> row = source.Slice(channel * fan, fan);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = (float)(row[i] * factor);
            }
        }

        return Tensor.FromFloats(weight.Shape, folded);
    }

    /// <summary>What is added in the end.</summary>
    /// <param name="bias">[out], or null.</param>
    public Tensor FoldBias(Tensor? bias)
    {
        ReadOnlySpan<float> source = bias is null ? [] : bias.Floats;
        float[] folded = new float[_shifts.Length];
        for (int i = 0; i < folded.Length; i++)
        {
            folded[i] = (float)(_shifts[i] + (source.IsEmpty ? 0 : _factors[i] * source[i]));
        }

        return Tensor.FromFloats(folded);
    }
}
