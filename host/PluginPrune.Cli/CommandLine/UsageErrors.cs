using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>Turns what the parser did not understand into one sentence with the nearest names.</summary>
internal static class UsageErrors
{
    /// <exception cref="UsageException">The command line was not understood.</exception>
    public static void ThrowIfAny(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        if (WithoutValue(result, command) is { } option)
        {
            throw new UsageException(NeedsValue(option));
        }

        if (result.UnmatchedTokens is [var token, ..])
        {
            throw new UsageException(Unmatched(command, token));
        }

        if (result.Errors is [var first, ..])
        {
            // Without a subcommand the parser complains of a missing one; say what there is.
            throw new UsageException(command is { Subcommands.Count: > 0, Action: null }
                ? $"'{CommandPath.Of(command)}' needs a command: {string.Join(", ", command.Subcommands.Select(static sub => sub.Name))}."
                : Describe(first));
        }
    }

    /// <summary>The parser's own words on values that are missing or too many do not say what is wanted.</summary>
    private static string Describe(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0, Option: { Arity.MinimumNumberOfValues: > 0 } option } =>
            NeedsValue(option),
        OptionResult { Option: { Arity.MaximumNumberOfValues: 1 } option, Tokens: { Count: > 1 } values } =>
            $"{option.Name} takes one value and is given {values.Count}: {string.Join(", ", values.Select(static value => $"'{value.Value}'"))}. Leave one.",
        _ => error.Message,
    };

    private static string NeedsValue(Option option) => $"{option.Name} needs a value: {option.Name} {option.HelpName ?? "VALUE"}.";

    /// <summary>The option without a value that took what follows, another option, for it; null for none. Who means a file of such a name writes './--name'.</summary>
    private static Option? WithoutValue(ParseResult result, Command command) =>
        WithParents(result.CommandResult)
            .SelectMany(static given => given.Children.OfType<OptionResult>())
            .FirstOrDefault(option => option.Tokens.Any(taken => taken.Value.StartsWith("--", StringComparison.Ordinal)
                || OptionsOf(command).Any(other => NamesOf(other).Contains(taken.Value, StringComparer.Ordinal))))?.Option;

    /// <summary>Options that stand before a subcommand are its parents'.</summary>
    private static IEnumerable<CommandResult> WithParents(CommandResult command)
    {
        for (CommandResult? given = command; given is not null; given = given.Parent as CommandResult)
        {
            yield return given;
        }
    }

    private static string Unmatched(Command command, string token)
    {
        bool isOption = token.StartsWith('-');
        IEnumerable<string> known = isOption
            ? OptionsOf(command).SelectMany(NamesOf)
            : command.Subcommands.Select(static sub => sub.Name);

        // Every letter is a slip away from every other: of '-m', '--model' is likelier.
        ImmutableArray<string> near = token is ['-', not '-']
            ? [.. known.Where(name => name.StartsWith("-" + token, StringComparison.Ordinal)).Take(3)]
            : NearestNames.Of(token.Split('=')[0], known);
        string hint = (command as IDescribedCommand)?.HintFor(token.Split('=')[0])
            ?? (!isOption && File.Exists(token) && command.Options.Any(static option => option.Name == "--model") ? $"Did you mean --model {token}?"
            : near.IsEmpty ? $"'{CommandPath.Of(command)} --help' lists what there is."
            : $"Did you mean {string.Join(" or ", near)}?");
        return isOption
            ? $"'{CommandPath.Of(command)}' has no option '{token.Split('=')[0]}'. {hint}"
            : command.Subcommands.Count > 0
                ? $"There is no command '{token}'. {hint}"
                : $"'{CommandPath.Of(command)}' does not know what to do with '{token}'. {hint}";
    }

    /// <summary>Not the spelling with underscores of the same name: who wants it knows it.</summary>
    private static IEnumerable<string> NamesOf(Option option) =>
        option.Aliases.Where(alias => alias.Replace('_', '-') != option.Name).Append(option.Name);

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(CommandPath.Above(command).SelectMany(static parent => parent.Options.Where(static option => option.Recursive)));
}
