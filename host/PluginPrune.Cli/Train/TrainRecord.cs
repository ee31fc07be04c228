using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Core.Data;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Training;
using Conversion = System.Convert;

namespace PluginPrune.Cli.Train;

/// <summary>What a training was asked to do, by name: a training that goes on must be asked the same.</summary>
internal static class TrainRecord
{
    // Where and how it is run, not what it computes.
    private static readonly string[] Free = ["--out", "--resume", "--force", "--json", "--quiet", "--plugins", "--keep-every", "--data", "--data-format", "--skip-bad", "--model", "--weights", "--names", "--set", "--preview", "--teacher", "--hyp"];

    private const string Labels = "labels of the training pictures";
    private const string Count = "number of training pictures";

    public static ImmutableSortedDictionary<string, string> Of(Command command, ParseResult result, TrainValues values, Network network, Teacher? teacher, TrainData data, ContributionSet contributions)
    {
        var named = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (Option option in command.Options.Where(option => !Free.Contains(option.Name)))
        {
            if (values.ResultOf(option) is { } given && ValueOf(given) is { } value)
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

        named[Count] = Text(data.Training.Dataset.Items.Length);
        named[Labels] = DatasetFingerprint.Of(data.Training.Dataset);
        named["threads"] = result.GetValue<int>("--threads") is > 0 and var threads ? Text(threads) : Text(Environment.ProcessorCount);
        return named.ToImmutable();
    }

    /// <summary>What holds where nothing is asked for: checkpoints of earlier versions have no word of it.</summary>
    public static IReadOnlyDictionary<string, string> Standards(Command command, ContributionSet contributions, ImmutableSortedDictionary<string, string> named)
    {
        // How pictures are varied depends by now on what the network is for. Labels were not looked at, and pictures were told by their names.
        var standards = new Dictionary<string, string>(StringComparer.Ordinal) { ["augment"] = "yolov5", [Labels] = named[Labels], [Count] = named[Count] };
        foreach (Option option in command.Options.Where(static option => option.HasDefaultValue && !Free.Contains(option.Name)))
        {
            standards[option.Name.TrimStart('-')] = Text(option.GetDefaultValue());
        }

        foreach (ContributionOptions used in contributions.All)
        {
            foreach (OptionDescriptor option in used.Contribution.Options.Where(static option => option.Default is not null))
            {
                standards[$"{used.Contribution.Name}.{option.Name}"] = option.Default!;
                standards.TryAdd(option.Name, option.Default!);
            }
        }

        return standards;
    }

    /// <summary>Whether a name in the record is that of an option that the command line does not give; a file of hyperparameters may.</summary>
    public static bool IsLeftOut(Command command, ParseResult result, string name) =>
        command.Options.FirstOrDefault(option => option.Name == $"--{name}") is { } option && result.GetResult(option) is null or { Implicit: true };

    // As it counts: what is given at its default is no other than what is not given.
    private static string? ValueOf(OptionResult given) => given.Option switch
    {
        Option<int> number => Text(given.GetValue(number)),
        Option<double> number => Text(given.GetValue(number)),
        Option<bool> flag => given.GetValue(flag) ? "true" : null,
        _ when given.Tokens.Count > 0 => string.Join(' ', given.Tokens.Select(static token => token.Value)),
        { HasDefaultValue: true } option => Text(option.GetDefaultValue()),
        _ => null,
    };

    private static string Text(object? value) => value is bool flag ? (flag ? "true" : "false") : Conversion.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
