using System.CommandLine;

namespace PluginPrune.Cli.CommandLine;

/// <summary>Options whose values are paths.</summary>
internal static class PathOptions
{
    /// <summary>Whether an option takes a path, as its help says.</summary>
    public static bool IsPath(Option option) => option.HelpName?.Split('|', '[', '.')[0] is "FILE" or "DIR" or "PATH";

    /// <summary>Refuses the empty name: what a script passes on when its own variable is empty.</summary>
    public static void RefuseEmpty(params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Any(static token => string.IsNullOrWhiteSpace(token.Value)))
                {
                    result.AddError($"{option.Name} is given an empty name; it takes a {(option.HelpName == "DIR" ? "folder" : "file")}.");
                }
            });
        }
    }
}
