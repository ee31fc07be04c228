using System.Globalization;

namespace PluginPrune.Core.Training;

/// <summary>The files in the folder of a training.</summary>
public static class TrainingFiles
{
    /// <summary>The folder of the logs, in that of the training.</summary>
    public const string Logs = "logs";

    private const string EpochPrefix = "epoch-";

    /// <summary>What the files of an epoch are called that is kept under its number.</summary>
    /// <param name="epoch">From 1.</param>
    public static string StemOf(int epoch) => string.Create(CultureInfo.InvariantCulture, $"{EpochPrefix}{epoch:000}");

    /// <summary>What a network is called that a training leaves.</summary>
    /// <param name="stem">Such as 'last'.</param>
    /// <param name="model">The file of the network that it began with. Where that describes a network alone, what is trained is a file of tensors.</param>
    public static string NetworkName(string stem, string model) => stem + (Path.GetExtension(model) is ".yaml" ? ".pt" : Path.GetExtension(model));

    /// <summary>The checkpoints in a folder that a training can go on from, by the names that they have without their extension.</summary>
    /// <param name="folder">It need not exist.</param>
    public static IReadOnlyList<string> CheckpointsIn(string folder) =>
        [.. FilesIn(folder).Where(static file => Path.GetExtension(file) == CheckpointFile.Extension).Select(static file => Path.GetFileNameWithoutExtension(file)).Where(IsStem).Order(StringComparer.Ordinal)];

    /// <summary>What a training left in a folder, by full paths; empty where none was there.</summary>
    /// <param name="folder">It need not exist.</param>
    public static IReadOnlyList<string> LeftIn(string folder)
    {
        bool isTraining = TrainingFolder.Holds(folder)
            || (File.Exists(Path.Combine(folder, TrainingFolder.Results)) && File.Exists(Path.Combine(folder, TrainingFolder.Report)));
        return !isTraining
            ? []
            :
            [
                .. FilesIn(folder).Where(static file => IsStem(Path.GetFileNameWithoutExtension(file)) || Path.GetFileName(file) is TrainingFolder.Results or TrainingFolder.Scales or TrainingFolder.Report),
                .. FilesIn(Path.Combine(folder, Logs)).Where(static file => Path.GetFileName(file).StartsWith("events.out.tfevents.", StringComparison.Ordinal)),
            ];
    }

    private static bool IsStem(string stem) => stem is TrainingFolder.Last or TrainingFolder.Best
        || (stem.StartsWith(EpochPrefix, StringComparison.Ordinal) && stem.Length > EpochPrefix.Length && stem.AsSpan(EpochPrefix.Length).IndexOfAnyExceptInRange('0', '9') < 0);

    private static IEnumerable<string> FilesIn(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [];
}
