using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>Turns what the parser did not understand into one sentence with the nearest names.</summary>
internal static class UsageErrors
{
    /// <exception cref="UsageException">The command line was not understood.</exception>
    public static void ThrowIfAny(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        if (result.UnmatchedTokens is [var token, ..])
        {
            throw new UsageException(Unmatched(command, token));
        }

        if (result.Errors is [var first, ..])
        {
            // Without a subcommand the parser complains of a missing one; say what there is.
            throw new UsageException(command is { Subcommands.Count: > 0, Action: null }
                ? $"'{PathOf(command)}' needs a command: {string.Join(", ", command.Subcommands.Select(static sub => sub.Name))}."
                : first.Message);
        }
    }

    private static string Unmatched(Command command, string token)
    {
        bool isOption = token.StartsWith('-');
        IEnumerable<string> known = isOption
            ? OptionsOf(command).SelectMany(static option => option.Aliases.Append(option.Name))
            : command.Subcommands.Select(static sub => sub.Name);
        ImmutableArray<string> near = NearestNames.Of(token.Split('=')[0], known);
        string hint = near.IsEmpty ? $"'{PathOf(command)} --help' lists what there is." : $"Did you mean {string.Join(" or ", near)}?";
        return isOption
            ? $"'{PathOf(command)}' has no option '{token.Split('=')[0]}'. {hint}"
            : command.Subcommands.Count > 0
                ? $"There is no command '{token}'. {hint}"
                : $"'{PathOf(command)}' does not know what to do with '{token}'. {hint}";
    }

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(static parent => parent.Options.Where(static option => option.Recursive)));

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "host";
}
