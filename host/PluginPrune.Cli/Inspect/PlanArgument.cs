using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Cli.Inspect;

/// <summary>--plan of commands that look at a model beside a plan for it.</summary>
internal sealed class PlanArgument
{
    public PlanArgument() => PathOptions.RefuseEmpty(Plan);

    public Option<string?> Plan { get; } = new("--plan") { Description = "A plan.json for the network: show what it keeps", HelpName = "FILE" };

    /// <summary>Reads the plan that is named, or null. Where it crops the network it is about what that leaves.</summary>
    public (PlanDocument Document, PruningPlan Plan)? Read(ParseResult result, Network network, Func<string, IHead> findHead)
    {
        if (result.GetValue(Plan) is not { } given)
        {
            return null;
        }

        PlanDocument document = PlanJson.ReadFile(InputFiles.Existing(Plan.Name, given));
        return (document, PlanConverter.ToPlan(document, document.Crop is { } crop ? new NetworkCropper(findHead).Crop(network, crop, CancellationToken.None).Network : network));
    }
}
