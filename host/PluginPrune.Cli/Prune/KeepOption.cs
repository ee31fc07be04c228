using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Selection;

namespace PluginPrune.Cli.Prune;

/// <summary>--keep: layers that nothing goes from.</summary>
internal static class KeepOption
{
    private const string Names = "names as `host inspect` lists them, each with all that is in it, ranges, backbone, head, and patterns such as *.cv1";

    /// <summary>Makes the option.</summary>
    /// <param name="what">What becomes of the layers that are named, as the beginning of a sentence.</param>
    public static Option<string?> Make(string what = "Layers that keep all their channels and stay, with what is tied to them")
    {
        var option = new Option<string?>("--keep")
        {
            Description = $"{what}: {Names}",
            HelpName = "24,0-3,*.cv1",
        };
        OptionKinds.Check(option, static text => ListedNames.Of(text));
        return option;
    }

    /// <summary>What is named; null where the option is not given.</summary>
    public static KeptLayers? In(ParseResult result, Option<string?> option) => result.GetValue(option) is { } names ? new KeptLayers(ListedNames.Of(names)) : null;
}
