using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;

namespace PluginPrune.FormatResnet;

/// <summary>How pixels become the input.</summary>
internal static class PixelNumbers
{
    /// <summary>As the options say.</summary>
    /// <exception cref="OptionException">A list has not one number for each channel, or divides by 0.</exception>
    public static Preprocessing Of(ResnetOptions options, int channels)
    {
        ImmutableArray<double> mean = Parse("mean", options.Mean, channels);
        ImmutableArray<double> deviation = Parse("std", options.Std, channels);
        return deviation.All(static number => number > 0)
            ? new Preprocessing { Order = channels == 1 ? ChannelOrder.Grey : ChannelOrder.Rgb, Mean = mean, Deviation = deviation }
            : throw new OptionException($"--std is '{options.Std}'; channels are divided by it, so each number must be above 0.");
    }

    private static ImmutableArray<double> Parse(string option, string text, int channels)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        double[] numbers = [.. parts.Select(static part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : double.NaN)];

        // A network of grey pictures takes the first number where nobody gave it one of its own.
        return numbers.Length >= channels && !Array.Exists(numbers, double.IsNaN) && (numbers.Length == channels || channels == 1)
            ? [.. numbers.Take(channels)]
            : throw new OptionException($"--{option} is '{text}'; it takes a number for each of the {channels} channels, for instance 0.485,0.456,0.406.");
    }
}
