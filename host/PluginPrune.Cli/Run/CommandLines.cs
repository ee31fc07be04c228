using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Engines;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Run;

/// <summary>What the host's commands make of lines, without running them.</summary>
/// <param name="folders">--plugins and its folders, for every line.</param>
internal sealed class CommandLines(ImmutableArray<string> folders)
{
    private const string Set = "--set ";

    private readonly Dictionary<string, Command> _bare = new(StringComparer.Ordinal);

    /// <summary>--plugins and its folders, for every line.</summary>
    public ImmutableArray<string> Folders => folders;

    /// <summary>Data that are not there yet: lines are looked at as if they did not name them. Null for none.</summary>
    public string? MissingData { get; set; }

    /// <summary>Of options that are given to all steps, the words of those that a line understands and does not give itself.</summary>
    /// <param name="line">The command line without them; what it names brings options of its own.</param>
    /// <param name="common">The options.</param>
    public IEnumerable<string> Understood(IReadOnlyList<string> line, IEnumerable<OptionLine> common)
    {
        Command command = CommandOf(line);
        return [.. common.Where(option => !Gives(command, line, option) && Knows(command, option)).SelectMany(static option => option.Words)];
    }

    /// <summary>What a command calls an option of its own that may be written otherwise: '--batch-size' for '--batch'.</summary>
    public string NameOf(string command, string option) => NameOf(Bare(command), option);

    /// <summary>The plugins that a line uses, with their versions.</summary>
    public IEnumerable<(string Plugin, string Version)> PluginsOf(IReadOnlyList<string> line) =>
        (CommandOf(line) as IContributionCommand)?.Contributions.Plugins ?? [];

    /// <summary>An option of the host's own that takes a path; null for any other.</summary>
    public Option? PathOption(StepKind kind, string name) =>
        Bare(RecipePlanner.CommandOf(kind)).Options.FirstOrDefault(known => (known.Name == name || known.Aliases.Contains(name)) && PathOptions.IsPath(known));

    /// <summary>The extensions of files that some plugin reads a network from.</summary>
    public IEnumerable<string> FormatExtensions => ((IContributionCommand)Bare(RecipePlanner.CommandOf(StepKind.Train))).Contributions.FormatExtensions;

    /// <summary>Looks whether what a step's line asks for can be had, as far as that can be told before its network is made.</summary>
    /// <param name="words">The line.</param>
    /// <param name="model">The network to look at.</param>
    /// <exception cref="UsageException">It cannot; other exceptions where what it names is not there.</exception>
    public void CheckWork(IReadOnlyList<string> words, string model)
    {
        if (Bare(words[0]) is not ICheckedCommand)
        {
            return;
        }

        string[] whole = [.. Present(words)];
        string[] line = [.. whole.Where((word, at) => word != "--weights" && (at == 0 || whole[at - 1] != "--weights")).Select((word, at) => at == 2 ? model : word)];
        ParseResult result = Build(line).Parse(line, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var command = (ICheckedCommand)result.CommandResult.Command;
        (command as IContributionCommand)?.Contributions.Apply(result);
        try
        {
            command.Check(result);
        }
        catch (EngineUnavailableException)
        {
            // It may be installed until then; the step says what is missing.
        }
    }

    /// <summary>Parses a step's line.</summary>
    /// <exception cref="UsageException">It is not understood; other exceptions where what it names is not there.</exception>
    public void Check(IReadOnlyList<string> words)
    {
        string[] line = [.. Present(words)];
        ParseResult result = Build(line).Parse(line, new ParserConfiguration { ResponseFileTokenReplacer = null });
        UsageErrors.ThrowIfAny(result);
        (result.CommandResult.Command as IContributionCommand)?.Contributions.Apply(result);
    }

    /// <summary>Refuses options for all steps that none of them knows.</summary>
    /// <exception cref="InputException">There is one.</exception>
    public void RefuseUnknown(Recipe recipe, IReadOnlyList<StepPlan> plans)
    {
        Command[] commands = [.. plans.Select(plan => CommandOf(plan.Arguments))];
        if (recipe.Common.FirstOrDefault(option => !Array.Exists(commands, command => Knows(command, option))) is { } unknown)
        {
            throw new InputException(recipe.Path, unknown.Line, $"no step of this recipe knows '{unknown.Name.Replace("--set ", string.Empty, StringComparison.Ordinal).TrimStart('-')}'.");
        }
    }


    private Command Bare(string command)
    {
        if (!_bare.TryGetValue(command, out Command? known))
        {
            known = CommandOf([command]);
            _bare[command] = known;
        }

        return known;
    }

    private static string NameOf(Command command, string option) =>
        command.Options.FirstOrDefault(known => known.Name == option || known.Aliases.Contains(option))?.Name ?? option;

    // By its own name or by another.
    private static bool Gives(Command command, IReadOnlyList<string> line, OptionLine option) => option.Name.StartsWith(Set, StringComparison.Ordinal)
        ? Enumerable.Range(1, line.Count - 1).Any(at => line[at - 1] == Set.Trim() && line[at].StartsWith(option.Name[Set.Length..] + "=", StringComparison.Ordinal))
        : NameOf(command, option.Name) is var name && line.Any(word => word.StartsWith('-') && NameOf(command, word) == name);

    private static bool Knows(Command command, OptionLine option)
    {
        if (!option.Name.StartsWith(Set, StringComparison.Ordinal))
        {
            return command.Options.Any(known => known.Name == option.Name || known.Aliases.Contains(option.Name));
        }

        string[] name = option.Name[Set.Length..].Split('.');
        return (command as IContributionCommand)?.Contributions.All.Any(used => used.Contribution.Name == name[0] && used.Has(name[^1])) ?? false;
    }

    private IEnumerable<string> Present(IReadOnlyList<string> line) => MissingData is null
        ? line
        : line.Where((word, at) => !(word == "--data" && at + 1 < line.Count && line[at + 1] == MissingData) && !(word == MissingData && at > 0 && line[at - 1] == "--data"));

    private Command CommandOf(IReadOnlyList<string> line) => Build([.. Present(line), .. line.Contains("--plugins", StringComparer.Ordinal) ? [] : folders]).Subcommands.Single(sub => sub.Name == line[0]);

    private static RootCommand Build(string[] line)
    {
        using var silent = new MemoryStream();
        return CommandTree.Build(line, new Terminal(silent, TextWriter.Null, isInteractive: false), CancellationToken.None);
    }
}
