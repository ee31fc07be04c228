using System.CommandLine;

namespace PluginPrune.Cli.CommandLine;

/// <summary>Where a command stands in the tree.</summary>
internal static class CommandPath
{
    /// <summary>For instance 'host plugin list'.</summary>
    public static string Of(Command command) =>
        string.Join(' ', Above(command).Reverse().Append(command).Select(static part => part is RootCommand ? "host" : part.Name));

    /// <summary>The commands above, nearest first.</summary>
    public static IEnumerable<Command> Above(Command command)
    {
        for (Command? above = ParentOf(command); above is not null; above = ParentOf(above))
        {
            yield return above;
        }
    }

    private static Command? ParentOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault();
}
