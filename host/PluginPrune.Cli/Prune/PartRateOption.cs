using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Selection;

namespace PluginPrune.Cli.Prune;

/// <summary>--rate: parts of the network at rates of their own.</summary>
internal static class PartRateOption
{
    public static Option<string?> Make()
    {
        var option = new Option<string?>("--rate")
        {
            Description = "Prune parts of the network at rates of their own, each ranked by itself, others not at all: backbone, head, layers, ranges of them, and patterns such as *.cv1. A budget scales all in proportion",
            HelpName = "backbone=0.6,head=0.4",
        };
        OptionKinds.Check(option, static text =>
        {
            if (PartRates.Parse(text, out string fault) is null)
            {
                throw new UsageException(fault);
            }
        });
        return option;
    }
}
