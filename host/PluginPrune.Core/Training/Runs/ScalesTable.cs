using System.Globalization;
using System.Text;

namespace PluginPrune.Core.Training;

/// <summary>scales.csv: a row for each epoch and layer of a sparse training, shares from 0 to 1.</summary>
internal static class ScalesTable
{
    public static void Write(Stream stream, IReadOnlyList<EpochResult> results)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("epoch,layer,channels,below 0.01,below 0.001");
        foreach (EpochResult result in results)
        {
            foreach (LayerScales layer in result.Sparsity?.Scales.Layers ?? [])
            {
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{result.Epoch + 1},{layer.Layer},{layer.Channels},{(double)layer.BelowHundredth / layer.Channels:G4},{(double)layer.BelowThousandth / layer.Channels:G4}"));
            }
        }
    }
}
