using System.CommandLine;

namespace PluginPrune.Cli.Prune;

/// <summary>Options of `host prune` that do not go together.</summary>
/// <param name="options">The host's own options.</param>
/// <param name="contributions">What was named, with the options that it brought.</param>
internal sealed class PruneContradictions(PruneOptions options, PruneContributions contributions)
{
    /// <exception cref="UsageException">Two options contradict each other.</exception>
    public void Refuse(ParseResult result)
    {
        contributions.Data.RefuseWithoutData(result);
        if (result.GetValue(options.Plan) is not null)
        {
            // A plan is applied as it is: what would choose otherwise must not be passed over in silence.
            Option[] choosing =
            [
                options.Criterion, .. options.Crop.All, options.Blocks, options.BlockCriterion, options.Order, options.Scope,
                options.ToFlops, options.ToParams, options.ToBytes, options.ToMs, options.MaxDrop, options.RatesFrom, options.Rate, options.Keep, options.RoundTo, options.Round, options.Fold,
                .. contributions.Criterion?.Options ?? [],
            ];
            if (Array.Find(choosing, option => result.GetResult(option) is { Implicit: false }) is { } odd)
            {
                throw new UsageException($"--plan applies a plan as it is, and {odd.Name} helps to make one. Leave one of them.");
            }
        }

        Option[] bounds = [options.ToFlops, options.ToParams, options.ToBytes, options.ToMs];
        if (result.GetValue(options.MaxDrop) is not null && Array.Find(bounds, option => result.GetResult(option) is { Implicit: false }) is { } bound)
        {
            throw new UsageException($"{options.MaxDrop.Name} takes as much as can go, and {bound.Name} as little as must. Leave one of them.");
        }

        if (contributions.Curves is not null)
        {
            RefuseBesidesCurves(result, bounds);
        }

        if (result.GetValue(options.MaxDrop) is not null && contributions.Curves is null && result.GetValue(options.Activation) is not null)
        {
            throw new UsageException($"{options.MaxDrop.Name} keeps accuracy, and {options.Activation.Name} takes it away until the network is fine-tuned. Leave one of them.");
        }

        if (result.GetValue(options.Keep) is not null && contributions.Criterion is null && result.GetValue(options.Blocks) == 0)
        {
            throw new UsageException($"{options.Keep.Name} leaves layers as they are where channels or blocks go, and here none do. Leave it, or add a criterion or {options.Blocks.Name}.");
        }

        bool isRound = result.GetResult(options.Round) is { Implicit: false };
        if (!isRound && Array.Find<Option>([options.Original, options.Curve], option => result.GetResult(option) is { Implicit: false }) is { } round)
        {
            throw new UsageException($"{round.Name} is about rounds, and this is none. Add {options.Round.Name} 1/4, for instance.");
        }

        if (isRound && Array.Find([options.ToMs, options.MaxDrop], option => result.GetResult(option) is { Implicit: false }) is { } target)
        {
            throw new UsageException($"{options.Round.Name} divides a rate or a budget, and {target.Name} is measured anew each time. Leave one of them, or give {options.ToMs.Name} or {options.MaxDrop.Name} to a prune behind the rounds.");
        }

        if (isRound && options.Crop.GivenIn(result) is { } cropped)
        {
            throw new UsageException($"{options.Round.Name} refers to one network before the first round, and {cropped.Name} makes another. Crop it first, by a prune of its own, and give what that leaves to the rounds.");
        }

        Option[] measured = [options.ToMs, .. contributions.Curves is null ? (Option[])[options.MaxDrop] : [], options.Measure];
        if (result.GetValue(options.NoMeasure) && Array.Find(measured, option => result.GetResult(option) is { Implicit: false }) is { } wanted)
        {
            throw new UsageException($"{options.NoMeasure.Name} and {wanted.Name} contradict each other. Leave one of them.");
        }

        if (result.GetValue(options.Verify) && result.GetValue(options.NoVerify))
        {
            throw new UsageException("--verify and --no-verify contradict each other. Leave one of them.");
        }
    }

    private void RefuseBesidesCurves(ParseResult result, Option[] bounds)
    {
        string name = options.RatesFrom.Name;
        if (result.GetValue(options.MaxDrop) is null && !Array.Exists(bounds, option => result.GetResult(option) is { Implicit: false }))
        {
            throw new UsageException($"{name} tells what each group can lose; say how much it may: {options.MaxDrop.Name} 0.01 for each, or a budget for all such as {options.ToFlops.Name} 50%.");
        }

        if (contributions.Criterion is null)
        {
            throw new UsageException($"{name} says how many channels of a group go, and a criterion must say which: leave {options.Criterion.Name} none.");
        }

        if (result.GetValue(options.Scope) == "scripts")
        {
            throw new UsageException($"{name} is about all layers, and {options.Scope.Name} scripts leaves some out. Leave one of them.");
        }

        if (result.GetValue(options.Rate) is not null)
        {
            throw new UsageException($"{name} says how much of each group goes, and {options.Rate.Name} how much of each part. Leave one of them.");
        }

        if (options.Crop.GivenIn(result) is { } cropped)
        {
            throw new UsageException($"{name} is about the network that was measured, and {cropped.Name} makes another. Crop it first, by a prune of its own, and measure what that leaves.");
        }

        if (result.GetResult(options.Round) is { Implicit: false })
        {
            throw new UsageException($"{name} is about the network before its first round, and {options.Round.Name} goes on after it. Measure what each round leaves, or leave one of them.");
        }
    }
}
