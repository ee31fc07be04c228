using System.CommandLine;
using PluginPrune.Core.Files;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>Where a training, or what shows its pictures, is written.</summary>
/// <param name="options">The host's own options.</param>
internal sealed class TrainFolders(TrainOptions options)
{
    /// <summary>A path as somebody would type it who stands where the host was called.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;

    /// <summary>Where what nobody named a folder for goes.</summary>
    public static string NewFolder(string stem, string purpose) => Path.Combine("runs", $"{stem}-{purpose}");

    /// <summary>The folder that is named, or a new one.</summary>
    /// <exception cref="UsageException">There is a training where none is wanted, or none where one is.</exception>
    public OutputFolder In(ParseResult result, string stem)
    {
        if (result.GetValue(options.Out) is not { } path)
        {
            return options.IsResumed(result)
                ? throw new UsageException($"{options.Resume.Name} goes on with a training: say in which folder it is with {options.Out.Name} DIR.")
                : OutputFolder.MakeNumbered(NewFolder(stem, "train"), stem);
        }

        bool isThere = TrainingFolder.Holds(path) || (options.IsResumed(result) && TrainingFiles.CheckpointsIn(path).Count > 0);
        if (isThere && !options.IsResumed(result) && !result.GetValue(options.Force))
        {
            throw new UsageException($"{Path.GetFullPath(path)} holds a training. Go on with it ({options.Resume.Name}), replace it ({options.Force.Name}), or choose another {options.Out.Name}.");
        }

        return isThere || !options.IsResumed(result)
            ? new OutputFolder(path, stem, overwrites: true)
            : throw new UsageException($"{Path.GetFullPath(path)} holds no training to go on with. Leave {options.Resume.Name} to begin one.");
    }
}
