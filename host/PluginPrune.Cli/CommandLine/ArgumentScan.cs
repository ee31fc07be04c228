namespace PluginPrune.Cli.CommandLine;

/// <summary>
/// Looks at raw arguments before they are parsed: which criterion is named decides which options there are to parse.
/// </summary>
internal static class ArgumentScan
{
    /// <summary>The last value of an option given as '--name value', '--name=value' or '--name:value'; null where it is not given.</summary>
    public static string? ValueOf(string[] args, string option) => ValuesOf(args, option).LastOrDefault();

    /// <summary>All values of an option that may be given several times.</summary>
    public static IEnumerable<string> ValuesOf(string[] args, string option)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == option)
            {
                if (i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
                {
                    yield return args[++i];
                }
            }
            else if (args[i].StartsWith(option, StringComparison.Ordinal) && args[i][option.Length] is '=' or ':')
            {
                yield return args[i][(option.Length + 1)..];
            }
        }
    }

    /// <summary>Whether an option is given, with or without a value.</summary>
    public static bool Names(string[] args, string option) =>
        Array.Exists(args, arg => arg == option || (arg.StartsWith(option, StringComparison.Ordinal) && arg[option.Length] is '=' or ':'));

    /// <summary>The command that is named; null for none.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="option">The one option with a value that may stand before the command.</param>
    public static string? CommandOf(string[] args, string option)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == option)
            {
                i++;
            }
            else if (!args[i].StartsWith('-'))
            {
                return args[i];
            }
        }

        return null;
    }
}
