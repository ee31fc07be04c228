using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>Where the numbers of a section's batch norm lie; its shift stands where others have their bias.</summary>
/// <param name="Beta">The shift.</param>
/// <param name="Gamma">The scale.</param>
/// <param name="Mean">The running mean.</param>
/// <param name="Variance">The running variance.</param>
internal sealed record NormSlots(WeightsSlot Beta, WeightsSlot Gamma, WeightsSlot Mean, WeightsSlot Variance)
{
    /// <summary>Takes scales, means and variances, which lie one after another.</summary>
    public static NormSlots Read(SectionReader reader, WeightsSlot beta, int channels) =>
        new(beta, reader.Weights("gamma", channels), reader.Weights("mean", channels), reader.Weights("variance", channels));

    /// <summary>Adds the batch norm behind a value.</summary>
    public string AddTo(SectionReader reader, string value, Shape shape)
    {
        double epsilon = reader.Options.BnEps;
        return reader.Add(
            "bn", () => new BatchNorm(Gamma.ToTensor(), Beta.ToTensor(), Mean.ToTensor(), Variance.ToTensor()) { Epsilon = epsilon }, shape, value);
    }
}
