using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Inspect;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Cli.Explain;

/// <summary>--plan, --criterion and --keep of a command that explains a choice: one that was made, or one that would be.</summary>
internal sealed class ChoiceArguments
{
    private readonly PluginHost _plugins;
    private readonly ContributionSet _contributions;
    private readonly ContributionOptions? _criterion;
    private readonly BuiltOnContributions _builtOn;
    private readonly PlanArgument _plan = new();
    private readonly Option<string?> _keep = KeepOption.Make("With --criterion: layers that nothing goes from, with what is tied to them, as prune has it");
    private readonly Option<string?> _name = new("--criterion") { Description = "Show what this criterion would choose, and what it says of it", HelpName = "NAME" };

    /// <param name="command">Takes the options.</param>
    /// <param name="args">The command line: the criterion that it names brings options.</param>
    /// <param name="plugins">Where criteria are found.</param>
    /// <param name="contributions">Takes the criterion.</param>
    public ChoiceArguments(Command command, string[] args, PluginHost plugins, ContributionSet contributions)
    {
        _plugins = plugins;
        _contributions = contributions;
        command.Add(_plan.Plan);
        command.Add(_name);
        command.Add(_keep);
        command.Add(contributions.Set);
        _criterion = ArgumentScan.ValueOf(args, _name.Name) is { } name ? contributions.Named(ContributionKind.Criterion, name) : null;
        _builtOn = new BuiltOnContributions(args, contributions, _criterion);
    }

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => [.. _builtOn.Lists, ("Criteria", _contributions.Known(ContributionKind.Criterion))];

    /// <summary>What is to be explained, or null where neither is given.</summary>
    /// <exception cref="UsageException">Both are given, or layers are kept and nothing chooses.</exception>
    /// <exception cref="PlanException">A layer that is to be kept is not there.</exception>
    public ExplainedChoice? Of(ParseResult result, Network network, CancellationToken cancellationToken)
    {
        KeptLayers? kept = KeepOption.In(result, _keep);
        if (_criterion is null)
        {
            if (kept is not null)
            {
                throw new UsageException($"{_keep.Name} says what a criterion must leave, and none is named. Add {_name.Name} slim, for instance{(result.GetValue(_plan.Plan) is null ? string.Empty : $", in place of {_plan.Plan.Name}")}.");
            }

            return _plan.Read(result, network, _plugins.FindHead) is { } plan ? new ExplainedChoice(plan.Plan, plan.Document.Made, plan.Document.Notes) : null;
        }

        if (result.GetValue(_plan.Plan) is not null)
        {
            throw new UsageException($"{_plan.Plan.Name} shows a choice that was made, and {_name.Name} makes one. Leave one of them.");
        }

        var request = new PlanRequest
        {
            Criterion = _contributions.Create<IPruningCriterion>(_criterion, result),
            Kept = kept,
            ChosenOptions = _criterion.ValuesIn(result).Keys.ToHashSet(StringComparer.Ordinal),
        };
        PlanResult chosen = new PlanMaker(_builtOn.Services(_plugins, result)).Make(network, request, cancellationToken);
        var made = _criterion.Effective(result).Concat(_builtOn.Given(result)).ToImmutableSortedDictionary(static pair => $"criterion.{pair.Key}", static pair => pair.Value, StringComparer.Ordinal)
            .SetItem("criterion", _criterion.Contribution.FullName);
        made = result.GetValue(_keep) is { } names ? made.SetItem(_keep.Name.TrimStart('-'), names) : made;
        return new ExplainedChoice(
            chosen.Plan,
            chosen.Decision?.Rate is { Option: { } option } rate ? made.SetItem($"criterion.{option}", rate.Text) : made,
            PlannedNote.Of(chosen.Decision, network, NetworkSurgeon.Apply(chosen.Plan, cancellationToken).Network))
        {
            Kept = kept,
        };
    }
}
