using System.Numerics;

namespace PluginPrune.HeadClassify;

/// <summary>exp(x_k) over the sum of exp, and its logarithm, in double precision.</summary>
internal static class Softmax
{
    /// <summary>log softmax(x / temperature).</summary>
    public static double[] Logarithms<T>(ReadOnlySpan<T> logits, double temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] logarithms = new double[logits.Length];
        double largest = double.NegativeInfinity;
        for (int k = 0; k < logarithms.Length; k++)
        {
            logarithms[k] = double.CreateTruncating(logits[k]) / temperature;
            largest = Math.Max(largest, logarithms[k]);
        }

        double sum = 0;
        foreach (double logit in logarithms)
        {
            sum += Math.Exp(logit - largest);
        }

        double normalizer = largest + Math.Log(sum);
        for (int k = 0; k < logarithms.Length; k++)
        {
            logarithms[k] -= normalizer;
        }

        return logarithms;
    }
}
