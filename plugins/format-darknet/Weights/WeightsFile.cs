using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.FormatDarknet.Text;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>Finds the .weights file that goes with a .cfg file.</summary>
internal static class WeightsFile
{
    /// <exception cref="InputException">There is none.</exception>
    public static string Locate(ModelSource source)
    {
        string path = source.WeightsPath ?? Path.ChangeExtension(source.ModelPath, ".weights");
        if (File.Exists(path))
        {
            return FileLength.Of(path) > 0 ? path : throw new InputException(path, null, ForeignFile.Recognise([], 0)!);
        }

        if (Directory.Exists(path))
        {
            throw new InputException(path, null, "it is a folder; a Darknet .weights file is wanted.");
        }

        throw source.WeightsPath is null
            ? new InputException(source.ModelPath, null, $"its weights were looked for in '{path}', which is not there. Say where they are with --weights.")
            : new InputException(path, null, "there is no such file. --weights must name the .weights file.");
    }
}
