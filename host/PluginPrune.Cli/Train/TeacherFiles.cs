using PluginPrune.Cli.Prune;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>The files that --teacher means: a sample, a model, a model and its weights behind a comma, or what lies in a folder.</summary>
internal static class TeacherFiles
{
    /// <summary>Finds them.</summary>
    /// <param name="named">What is given to --teacher.</param>
    /// <param name="extensions">Those of files that some plugin reads a network from.</param>
    /// <returns>The model, null for a folder with none or several; its weights, null for those beside it.</returns>
    public static (string? Model, string? Weights) Of(string named, IEnumerable<string> extensions)
    {
        if (SampleModel.IsName(named))
        {
            return (SampleModel.PathOf(named), null);
        }

        if (Directory.Exists(named))
        {
            return (NetworkIn(named, [.. extensions]), null);
        }

        int comma = File.Exists(named) ? -1 : named.LastIndexOf(',');
        return comma < 0 ? (named, null) : (named[..comma].Trim(), named[(comma + 1)..].Trim());
    }

    // That of a training is its last one; otherwise there must be but one.
    private static string? NetworkIn(string folder, string[] extensions)
    {
        string[] all = [.. Directory.EnumerateFiles(folder).Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        string[] last = [.. all.Where(static file => Path.GetFileNameWithoutExtension(file) == TrainingFolder.Last)];
        return last is [var of] ? of : all is [var only] ? only : null;
    }
}
