using System.CommandLine;

namespace PluginPrune.Cli.CommandLine;

/// <summary>Options that every command takes.</summary>
internal sealed class CommonOptions
{
    public Option<string[]> Plugins { get; } = new("--plugins")
    {
        Description = "Folder to look for plugins in, before all others; may be given several times",
        HelpName = "DIR",
        Recursive = true,
        DefaultValueFactory = static _ => [],
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON, alone on standard output", Recursive = true };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print errors alone beside the result", Recursive = true };

    /// <summary>Every spelling that is the host's own under any command; no contribution's option can take it.</summary>
    public IEnumerable<string> Spellings =>
        new Option[] { Plugins, Json, Quiet }
            .SelectMany(static option => option.Aliases.Append(option.Name))
            .Concat(["--help", "-h", "-?", "--version"]);

    public void AddTo(Command command)
    {
        PathOptions.RefuseEmpty(Plugins);
        command.Add(Plugins);
        command.Add(Json);
        command.Add(Quiet);
    }
}
