using System.CommandLine;

namespace PluginPrune.Cli.CommandLine;

/// <summary>Writes help. Options that a contribution brought stand under its name.</summary>
internal static class HelpWriter
{
    private const int Column = 34;
    private const int Width = 110;

    public static bool IsAskedFor(string[] args) => args.Any(static arg => arg is "--help" or "-h" or "-?" or "/?");

    public static void Write(Command command, TextWriter writer)
    {
        string path = CommandPath.Of(command);
        writer.WriteLine(command.Description);
        writer.WriteLine();
        string arguments = string.Concat(command.Arguments.Select(static argument => $" {argument.HelpName ?? argument.Name}"));
        writer.WriteLine(command.Subcommands.Count > 0 ? $"Usage: {path} COMMAND [options]" : $"Usage: {path}{arguments} [options]");
        Section(writer, "Arguments", command.Arguments.Select(static argument => (argument.HelpName ?? argument.Name, argument.Description ?? string.Empty)));
        if (command.Subcommands.Count > 0)
        {
            Section(writer, "Commands", command.Subcommands.Select(static sub => (sub.Name, sub.Description ?? string.Empty)));
        }

        var described = command as IDescribedCommand;
        HashSet<Option> special = [.. described?.OptionGroups.SelectMany(static group => group.Options) ?? []];
        Section(writer, "Options", command.Options.Where(option => !option.Recursive && !special.Contains(option) && !option.Hidden).Select(Line));
        foreach ((string title, IEnumerable<Option> options) in described?.OptionGroups ?? [])
        {
            Section(writer, title, options.Select(Line));
        }

        foreach ((string title, IEnumerable<(string, string)> lines) in described?.Lists ?? [])
        {
            Section(writer, title, lines);
        }

        IEnumerable<Option> common = command.Options
            .Concat(CommandPath.Above(command).SelectMany(static parent => parent.Options))
            .Where(static option => option.Recursive && option is not System.CommandLine.Help.HelpOption);
        Section(writer, "Everywhere", [.. common.Select(Line), ("-h, --help", HelpText(command))]);
        if (described?.Example is { } example)
        {
            writer.WriteLine();
            writer.WriteLine($"Example: {example}");
        }
    }

    private static string HelpText(Command command) => command switch
    {
        _ when command.Options.Any(static option => option.Name == "--criterion") => "Show this; with --criterion NAME, that criterion's options too",
        _ when command.Options.Any(static option => option.Name == "--to") => "Show this; with --to FORMAT, that format's options too",
        { Subcommands.Count: > 0 } => "Show this; behind a command, that command's options",
        _ => "Show this",
    };

    private static (string, string) Line(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(static alias => alias.Length == 2).Append(option.Name));
        string[] others = [.. option.Aliases.Where(static alias => alias.Length > 2)];
        string value = option.HelpName is { } name && option.ValueType != typeof(bool) ? $" {name}" : string.Empty;
        return (names + value, (option.Description ?? string.Empty) + (others.Length == 0 ? string.Empty : $" (also {string.Join(", ", others)})"));
    }

    private static void Section(TextWriter writer, string title, IEnumerable<(string Name, string Text)> lines)
    {
        bool isFirst = true;
        foreach ((string name, string text) in lines)
        {
            if (isFirst)
            {
                writer.WriteLine();
                writer.WriteLine($"{title}:");
                isFirst = false;
            }

            string left = $"  {name}";
            if (left.Length > Column - 2)
            {
                writer.WriteLine(left);
                left = string.Empty;
            }

            foreach (string line in Wrap(text))
            {
                writer.WriteLine($"{left.PadRight(Column)}{line}".TrimEnd());
                left = string.Empty;
            }
        }
    }

    private static IEnumerable<string> Wrap(string text)
    {
        string line = string.Empty;
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width - Column)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
