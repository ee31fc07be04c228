using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts;
using PluginPrune.Core.Data;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Run;

/// <summary>What tells the labelled pictures of a command line from others: their names and labels. Pictures themselves are not looked at.</summary>
/// <param name="folders">--plugins and its folders.</param>
internal sealed class DataFingerprint(IReadOnlyList<string> folders)
{
    private const string Whole = "all";

    private static readonly string[] Parts = ["--split", "--val-split"];

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _faults = new(StringComparer.Ordinal);

    /// <summary>Hexadecimal digits; null where a line names no pictures, or they cannot be read: then who needs them will say so.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="PluginException">The plugin that reads the labels is at fault.</exception>
    public string? Of(IReadOnlyList<string> line, CancellationToken cancellationToken)
    {
        if (!line.Contains("--data", StringComparer.Ordinal))
        {
            return null;
        }

        string[] args = [.. line.Skip(1), .. folders];
        try
        {
            var plugins = PluginHost.Open(ArgumentScan.ValuesOf(args, new CommonOptions().Plugins.Name));
            DatasetRequest request = RequestIn(args, plugins);
            string key = KeyOf(request);
            if (!_known.TryGetValue(key, out string? fingerprint))
            {
                fingerprint = DatasetFingerprint.Of(LoadedDataset.Open(plugins, request, static _ => { }, cancellationToken));
                _known[key] = fingerprint;
            }

            return fingerprint;
        }
        catch (Exception error) when (error is InputException or UsageException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with the parts that a line names; null for nothing, and where the pictures cannot be read at all.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public string? FaultOfParts(IReadOnlyList<string> line, CancellationToken cancellationToken)
    {
        string[] args = [.. line.Skip(1), .. folders];
        foreach (string option in Parts)
        {
            if (ArgumentScan.ValueOf(args, option) is { } part && Of(line, cancellationToken) is not null && FaultOf(part, args, cancellationToken) is { } fault)
            {
                return $"{option} {part}: {fault}";
            }
        }

        return null;
    }

    private string? FaultOf(string part, string[] args, CancellationToken cancellationToken)
    {
        var plugins = PluginHost.Open(ArgumentScan.ValuesOf(args, new CommonOptions().Plugins.Name));
        DatasetRequest request = RequestIn(args, plugins);
        string key = $"{KeyOf(request)}\n{part}";
        if (!_faults.TryGetValue(key, out string? fault))
        {
            try
            {
                LoadedDataset.Load(plugins, request with { Split = part }, static _ => { }, cancellationToken);
            }
            catch (InputException error)
            {
                fault = error.Message;
            }

            _faults[key] = fault;
        }

        return fault;
    }

    private static string KeyOf(DatasetRequest request) => string.Join('\n', request.Options.OrderBy(static option => option.Key, StringComparer.Ordinal)
        .Select(static option => $"{option.Key}={option.Value}").Prepend($"{request.Choice.Format.FullName} {request.Choice.Name}"));

    private static DatasetRequest RequestIn(string[] args, PluginHost plugins)
    {
        var command = new RootCommand { TreatUnmatchedTokensAsErrors = false };
        var contributions = new ContributionSet(plugins, command);
        var data = new DataArguments(plugins, Whole);
        foreach (Option option in data.All.Append(contributions.Set))
        {
            command.Add(option);
        }

        data.FindFormat(args, contributions);
        ParseResult result = command.Parse([.. args.Where((_, at) => !IsForeign(args, at, data))]);
        contributions.Apply(result);
        return data.RequestIn(result)! with { Split = Whole, IsSplitNamed = true };
    }

    // Options of other contributions mean nothing here.
    private static bool IsForeign(string[] args, int at, DataArguments data)
    {
        int set = args[at] == "--set" ? at : at > 0 && args[at - 1] == "--set" ? at - 1 : -1;
        return set >= 0 && set + 1 < args.Length && args[set + 1].Split('.')[0] != data.Format?.Contribution.Name;
    }
}
