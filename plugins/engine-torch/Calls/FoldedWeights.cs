using PluginPrune.Contracts.Operations;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>A convolution's weights and biases with a batch norm multiplied in, in double precision until the last rounding.</summary>
internal static class FoldedWeights
{
    public static (float[] Weight, float[] Bias) Make(Convolution convolution, BatchNorm? norm)
    {
        int outputs = convolution.OutputChannels;
        float[] weight = convolution.Weight.Floats.ToArray();
        float[] bias = convolution.Bias is { } given ? given.Floats.ToArray() : new float[outputs];
        if (norm is null)
        {
            return (weight, bias);
        }

        ReadOnlySpan<float> gamma = norm.Gamma.Floats;
        ReadOnlySpan<float> beta = norm.Beta.Floats;
        ReadOnlySpan<float> mean = norm.Mean.Floats;
        ReadOnlySpan<float> variance = norm.Variance.Floats;
        int fan = weight.Length / outputs;
        for (int channel = 0; channel < outputs; channel++)
        {
            double scale = gamma[channel] / Math.Sqrt(variance[channel] + norm.Epsilon);
            bias[channel] = (float)(((bias[channel] - mean[channel]) * scale) + beta[channel]);
            foreach (ref float value in weight.AsSpan(channel * fan, fan))
            {
                value = (float)(value * scale);
            }
        }

        return (weight, bias);
    }
}
