using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>A training that goes on.</summary>
/// <param name="folder">Its folder.</param>
/// <param name="option">What asks for it, for messages.</param>
internal sealed class ResumedTraining(string folder, string option)
{
    /// <summary>Without these it still goes on, though not bit by bit as it would have.</summary>
    private static readonly string[] Soft = ["engine", "threads", "teacher-engine"];

    /// <summary>What checkpoints of earlier versions hold and nobody asks any more: names of pictures as seen from the folder of that day.</summary>
    private const string Outdated = "training pictures";

    /// <summary>The checkpoint to go on from.</summary>
    /// <param name="wanted">Its name in the folder, or a file; null for the last one.</param>
    /// <param name="named">What is asked of the training now.</param>
    /// <param name="standards">What holds where nothing is asked for.</param>
    /// <param name="isLeftOut">Whether a name is that of an option that the command line does not give.</param>
    /// <param name="terminal">Takes warnings.</param>
    /// <exception cref="UsageException">There is no such checkpoint, or the training was asked to do something else.</exception>
    /// <exception cref="InputException">The checkpoint is damaged.</exception>
    public Checkpoint Read(
        string? wanted, ImmutableSortedDictionary<string, string> named, IReadOnlyDictionary<string, string> standards, Func<string, bool> isLeftOut, Terminal terminal)
    {
        Checkpoint checkpoint = Read(PathOf(wanted));
        string[] names = [.. checkpoint.Settings.Keys.Union(named.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] changed = [.. names.Where(name => name != Outdated && Then(name) != Now(name))];
        string[] hard = [.. changed.Except(Soft, StringComparer.Ordinal)];
        if (hard.Length > 0)
        {
            throw new UsageException($"The training in {folder} was begun otherwise: {string.Join("; ", hard.Select(Difference))}. Ask for the same to go on with it, or begin another in another folder.");
        }

        foreach (string name in changed)
        {
            terminal.Warn($"The training was begun with {Difference(name)}: it goes on, but does not end bit by bit as it would have.");
        }

        return checkpoint;

        string? Then(string name) => checkpoint.Settings.GetValueOrDefault(name) ?? standards.GetValueOrDefault(name);
        string? Now(string name) => named.GetValueOrDefault(name) ?? standards.GetValueOrDefault(name);
        string Difference(string name) => $"{name} {Shown(Then(name))}, now {(isLeftOut(name) && Now(name) == standards.GetValueOrDefault(name) ? LeftOut(name) : Shown(Now(name)))}";
        string LeftOut(string name) => standards.TryGetValue(name, out string? standard) ? $"not given, which is {Shown(standard)}" : Shown(null);
    }

    private static string Shown(string? value) => value is null ? "not given" : value.Length > 20 ? value[..20] + "..." : value;

    private string PathOf(string? wanted)
    {
        if (wanted is null)
        {
            return Path.Combine(folder, TrainingFolder.Checkpoint);
        }

        string inside = Path.Combine(folder, wanted + CheckpointFile.Extension);
        return File.Exists(inside) ? inside
            : File.Exists(wanted) ? wanted
            : throw new UsageException($"{option} {wanted} names no checkpoint: there is neither {inside} nor a file {wanted}. {Others(wanted) ?? "There is none in the folder."}");
    }

    private Checkpoint Read(string path)
    {
        try
        {
            return CheckpointFile.Read(path);
        }
        catch (InputException fault)
        {
            string stem = Path.GetFileNameWithoutExtension(path);
            throw new UsageException($"{fault.Message} {Others(stem) ?? $"There is no other in {folder}: begin another training with a network from there ({TrainingFolder.Last}, {TrainingFolder.Best}), in another folder."}");
        }
    }

    // What else it can go on from.
    private string? Others(string stem) => TrainingFiles.CheckpointsIn(folder).Where(name => name != stem).ToArray() is { Length: > 0 } names
        ? $"The training can go on from {string.Join(", ", names)}: {option} {names[0]}."
        : null;
}
