using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Plans;

namespace PluginPrune.Cli.Plan;

/// <summary>`host plan show PLAN`: group by group what stays.</summary>
internal sealed class PlanShowCommand : Command, IDescribedCommand
{
    private const string Usage = "host plan show runs/yolov3-slim-1/plan.json";

    public PlanShowCommand(CommonOptions common, Terminal terminal)
        : base("show", "Shows a plan.json as a table: group by group what stays")
    {
        // That it is missing is told in our own words.
        var plan = new Argument<string?>("PLAN") { Description = "A plan.json, as 'host prune' writes it", Arity = ArgumentArity.ZeroOrOne };
        Add(plan);
        SetAction(result =>
        {
            string path = result.GetValue(plan) ?? throw new UsageException($"'host plan show' takes a plan: {Usage}");
            PlanContents contents = PlanContents.Of(PlanJson.ReadFile(path));
            if (result.GetValue(common.Json))
            {
                PlanTablesJson.Write(contents, terminal.ResultStream);
            }
            else
            {
                new PlanTables(terminal.Results).Show(contents);
            }

            return ExitCodes.Done;
        });
    }

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => [];

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => [];

    public string Example => Usage;
}
