using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Training;
using Hexadecimal = System.Convert;

namespace PluginPrune.Cli.Train;

/// <summary>What a training was asked to do, by name: a training that goes on must be asked the same.</summary>
internal static class TrainRecord
{
    // Where and how it is run, not what it computes.
    private static readonly string[] Free = ["--out", "--resume", "--force", "--json", "--quiet", "--plugins", "--keep-every", "--data", "--data-format", "--skip-bad", "--model", "--weights", "--names", "--set", "--preview", "--teacher"];

    /// <summary>Without these it still goes on, though not bit by bit as it would have.</summary>
    private static readonly string[] Soft = ["engine", "threads", "teacher-engine"];

    public static ImmutableSortedDictionary<string, string> Of(Command command, ParseResult result, Network network, Teacher? teacher, TrainData data, ContributionSet contributions)
    {
        var named = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (Option option in command.Options.Where(option => !Free.Contains(option.Name)))
        {
            if (result.GetResult(option) is { } given && ValueOf(given) is { } value)
            {
                named[option.Name.TrimStart('-')] = value;
            }
        }

        foreach (ContributionOptions used in contributions.All)
        {
            foreach ((string name, string value) in used.ValuesIn(result))
            {
                named[$"{used.Contribution.Name}.{name}"] = value;
            }
        }

        named["architecture"] = ArchitectureHash.Of(network);
        if (teacher is not null)
        {
            named["teacher"] = teacher.Identity;
        }

        named["training pictures"] = Fingerprint(data.Training.Dataset);
        named["threads"] = result.GetValue<int>("--threads") is > 0 and var threads ? Text(threads) : Text(Environment.ProcessorCount);
        return named.ToImmutable();
    }

    /// <summary>The checkpoint to go on from, or null for a new training.</summary>
    /// <exception cref="UsageException">The training in the folder was asked to do something else.</exception>
    public static Checkpoint? Resume(bool isWanted, string folder, ImmutableSortedDictionary<string, string> named, Terminal terminal)
    {
        if (!isWanted)
        {
            return null;
        }

        Checkpoint checkpoint = CheckpointFile.Read(Path.Combine(folder, TrainingFolder.Checkpoint));
        string[] names = [.. checkpoint.Settings.Keys.Union(named.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] changed = [.. names.Where(name => checkpoint.Settings.GetValueOrDefault(name) != named.GetValueOrDefault(name))];
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

        string Difference(string name) => $"{name} {Shown(checkpoint.Settings.GetValueOrDefault(name))}, now {Shown(named.GetValueOrDefault(name))}";
    }

    private static string Shown(string? value) => value is null ? "none" : value.Length > 20 ? value[..20] + "..." : value;

    private static string? ValueOf(OptionResult given) => given.Tokens.Count > 0
        ? string.Join(' ', given.Tokens.Select(static token => token.Value))
        : given.Implicit ? null : "true";

    private static string Fingerprint(Dataset dataset)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (DatasetItem item in dataset.Items)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{item.Name}\n{item.Labels.Length}\n")));
        }

        return $"{Text(dataset.Items.Length)}, {Hexadecimal.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
