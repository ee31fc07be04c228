using System.CommandLine;
using PluginPrune.Cli.CommandLine;

namespace PluginPrune.Cli.Prune;

/// <summary>--keep: layers that nothing goes from.</summary>
internal static class KeepOption
{
    public static Option<string?> Make()
    {
        var option = new Option<string?>("--keep")
        {
            Description = "Layers that keep all their channels and stay, with what is tied to them: names as `host inspect` lists them, each with all that is in it, ranges, backbone, head, and patterns such as *.cv1",
            HelpName = "24,0-3,*.cv1",
        };
        OptionKinds.Check(option, static text => ListedNames.Of(text));
        return option;
    }
}
