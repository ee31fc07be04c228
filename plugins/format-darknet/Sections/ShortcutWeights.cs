using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Text;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>
/// The weights of a [shortcut] section with 'weights_type': as the file has them, and the factors that they mean. Hung onto
/// the sum, so that what did not change, or lost channels, is written with the very numbers of the file.
/// </summary>
/// <param name="Raw">[sources, 1] or [sources, channels].</param>
/// <param name="Factors">Of each source, one for each channel.</param>
internal sealed record ShortcutWeights(Tensor Raw, ImmutableArray<float[]> Factors)
{
    // What AlexeyAB's fork adds to the sum that it divides by.
    private const float Epsilon = 0.0001f;

    /// <summary>Whether each channel has weights of its own; null where the section has none.</summary>
    /// <exception cref="CfgException">It asks for what is not known.</exception>
    public static bool? IsPerChannel(CfgSection section) =>
        section.Word("weights_type", "none") switch
        {
            "none" => null,
            "per_feature" or "per_layer" => false,
            "per_channel" => true,
            var other => throw section.Fault("weights_type", $"[shortcut] has weights_type = '{CfgFile.Readable(other)}'; it must be none, per_feature or per_channel."),
        };

    /// <summary>Checks the key that says how weights are normalized.</summary>
    /// <exception cref="CfgException">It asks for what is not known.</exception>
    public static string Normalization(CfgSection section) =>
        section.Word("weights_normalization", "none") switch
        {
            "none" => "none",
            "relu" or "avg_relu" => "relu",
            "softmax" => "softmax",
            var other => throw section.Fault(
                "weights_normalization", $"[shortcut] has weights_normalization = '{CfgFile.Readable(other)}'; it must be none, relu or softmax."),
        };

    /// <summary>Works the factors out.</summary>
    public static ShortcutWeights From(Tensor raw, int channels, string normalization)
    {
        int sources = raw.Shape[0];
        int each = raw.Shape[1];
        float[][] factors = [.. Enumerable.Range(0, sources).Select(_ => new float[channels])];
        ReadOnlySpan<float> numbers = raw.Floats;
        float[] column = new float[sources];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int source = 0; source < sources; source++)
            {
                column[source] = numbers[(source * each) + (each == 1 ? 0 : channel)];
            }

            Normalize(column, normalization);
            for (int source = 0; source < sources; source++)
            {
                factors[source][channel] = column[source];
            }
        }

        return new ShortcutWeights(raw, [.. factors]);
    }

    /// <summary>Numbers that mean other factors under the same keys: those of channels that stayed. Null where there are none.</summary>
    public Tensor? Find(ImmutableArray<float[]> factors)
    {
        int[]? channels = factors.Length == Factors.Length ? Match(factors) : null;
        if (channels is null || Raw.Shape[1] == 1)
        {
            return channels is null ? null : Raw;
        }

        int each = Raw.Shape[1];
        float[] numbers = new float[factors.Length * channels.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Raw.Floats[(i / channels.Length * each) + channels[i % channels.Length]];
        }

        return Tensor.FromFloats(new Shape(factors.Length, channels.Length), numbers);
    }

    // Channels only ever go, so that those left stand in their old order. Of equal ones any will do: they mean the same.
    private int[]? Match(ImmutableArray<float[]> factors)
    {
        int[] channels = new int[factors[0].Length];
        int from = 0;
        for (int i = 0; i < channels.Length; i++)
        {
            while (from < Factors[0].Length && !IsSame(factors, i, from))
            {
                from++;
            }

            if (from == Factors[0].Length)
            {
                return null;
            }

            channels[i] = from++;
        }

        return channels;
    }

    private bool IsSame(ImmutableArray<float[]> factors, int channel, int old)
    {
        for (int source = 0; source < factors.Length; source++)
        {
            if (BitConverter.SingleToInt32Bits(factors[source][channel]) != BitConverter.SingleToInt32Bits(Factors[source][old]))
            {
                return false;
            }
        }

        return true;
    }

    private static void Normalize(Span<float> weights, string normalization)
    {
        if (normalization == "none")
        {
            return;
        }

        float largest = float.NegativeInfinity;
        foreach (float weight in weights)
        {
            largest = Math.Max(largest, weight);
        }

        float sum = Epsilon;
        foreach (ref float weight in weights)
        {
            weight = normalization == "relu" ? Math.Max(weight, 0) : MathF.Exp(weight - largest);
            sum += weight;
        }

        foreach (ref float weight in weights)
        {
            weight /= sum;
        }
    }
}
