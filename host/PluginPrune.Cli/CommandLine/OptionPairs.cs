namespace PluginPrune.Cli.CommandLine;

/// <summary>Options that take several settings at once: 'NAME=X,NAME=X'.</summary>
internal static class OptionPairs
{
    /// <summary>Takes the text apart.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="option">The option's name.</param>
    /// <param name="example">What it might be given.</param>
    /// <exception cref="UsageException">A part is no setting, or stands there twice.</exception>
    public static Dictionary<string, string> Parse(string text, string option, string example) =>
        Parse(text.Split(',', StringSplitOptions.TrimEntries), $"{option} takes NAME=X, parted by commas, for instance {example}");

    /// <summary>The same of parts.</summary>
    /// <param name="parts">What was given.</param>
    /// <param name="wanted">A sentence that says what is wanted, without its full stop.</param>
    /// <exception cref="UsageException">A part is no setting, or stands there twice.</exception>
    public static Dictionary<string, string> Parse(IEnumerable<string> parts, string wanted)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in parts)
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length != 2 || !values.TryAdd(pair[0], pair[1]))
            {
                throw new UsageException($"{wanted}; '{part}' is none, or stands there twice.");
            }
        }

        return values;
    }
}
