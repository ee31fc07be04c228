namespace PluginPrune.Cli.CommandLine;

/// <summary>
/// Looks at raw arguments before they are parsed: which criterion is named decides which options there are to parse.
/// </summary>
internal static class ArgumentScan
{
    /// <summary>The last value of an option given as '--name value', '--name=value' or '--name:value'; null where it is not given.</summary>
    public static string? ValueOf(string[] args, string option)
    {
        string? value = null;
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == option)
            {
                value = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[i + 1] : value;
            }
            else if (args[i].StartsWith(option, StringComparison.Ordinal) && args[i].Length > option.Length && args[i][option.Length] is '=' or ':')
            {
                value = args[i][(option.Length + 1)..];
            }
        }

        return value;
    }

    /// <summary>All values of an option that may be given several times.</summary>
    public static IEnumerable<string> ValuesOf(string[] args, string option)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (ValueOf(args[i..Math.Min(i + 2, args.Length)], option) is { } value && args[i].StartsWith(option, StringComparison.Ordinal))
            {
                yield return value;
            }
        }
    }
}
