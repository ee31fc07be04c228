using System.CommandLine;
using PluginPrune.Cli.CommandLine;

namespace PluginPrune.Cli.Plan;

/// <summary>`host plan`: plans as documents. No plugin is needed.</summary>
internal sealed class PlanCommand : Command
{
    public PlanCommand(CommonOptions common, Terminal terminal)
        : base("plan", "Shows and compares plans: what pruning keeps and what goes")
    {
        Add(new PlanShowCommand(common, terminal));
        Add(new PlanDiffCommand(common, terminal));
    }
}
