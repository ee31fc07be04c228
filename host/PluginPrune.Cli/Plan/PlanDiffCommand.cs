using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Plans;

namespace PluginPrune.Cli.Plan;

/// <summary>`host plan diff A B`: what differs between two plans for one architecture.</summary>
internal sealed class PlanDiffCommand : Command, IDescribedCommand
{
    private const string Usage = "host plan diff mild/plan.json hard/plan.json";

    public PlanDiffCommand(CommonOptions common, Terminal terminal)
        : base("diff", "Compares two plan.json for one architecture: settings, blocks, channels")
    {
        // That one is missing is told in our own words.
        var plans = new Argument<string[]>("plans") { HelpName = "A B", Description = "Two plan.json, as 'host prune' writes them", Arity = new ArgumentArity(0, 2) };
        var exitCode = new Option<bool>("--exit-code") { Description = "End with 1 where the two cut differently; otherwise the code is 0 even then" };
        Add(plans);
        Add(exitCode);
        SetAction(result =>
        {
            if (result.GetValue(plans) is not [var first, var second])
            {
                throw new UsageException(string.Create(
                    CultureInfo.InvariantCulture, $"'host plan diff' takes two plans and is given {result.GetValue(plans)?.Length ?? 0}: {Usage}"));
            }

            PlanDifference difference = PlanComparer.Compare(PlanJson.ReadFile(first), PlanJson.ReadFile(second));
            if (result.GetValue(common.Json))
            {
                PlanTablesJson.Write(difference, terminal.ResultStream);
            }
            else
            {
                new PlanTables(terminal.Results).Diff(difference);
            }

            return result.GetValue(exitCode) && !difference.CutsTheSame ? ExitCodes.Failed : ExitCodes.Done;
        });
    }

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => [];

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => [];

    public string Example => Usage;
}
