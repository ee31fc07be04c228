using System.Diagnostics;
using PluginPrune.Contracts.Engines;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Planning;

namespace PluginPrune.EngineTorch;

/// <summary>Makes the calls of a plan, one after the other.</summary>
internal static class PlanRunner
{
    /// <summary>Runs a plan.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="inputs">One tensor an input, which become the run's.</param>
    /// <param name="cancellationToken">Looked at before each call.</param>
    /// <returns>The results in the plan's order.</returns>
    public static Tensor[] Run(Plan plan, Tensor[] inputs, CancellationToken cancellationToken)
    {
        Tensor?[] slots = Prepare(plan, inputs);
        foreach (Step step in plan.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Make(step, slots);
        }

        return Results(plan, slots);
    }

    /// <summary>Runs a plan and measures every call.</summary>
    public static List<NodeTime> Profile(Plan plan, Tensor[] inputs, Device device, CancellationToken cancellationToken)
    {
        Tensor?[] slots = Prepare(plan, inputs);
        var times = new List<NodeTime>(plan.Steps.Length);
        torch.synchronize(device);
        foreach (Step step in plan.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var watch = Stopwatch.StartNew();
            Make(step, slots);
            torch.synchronize(device);
            times.Add(new NodeTime(step.Node, watch.Elapsed.TotalMilliseconds));
        }

        return times;
    }

    private static Tensor?[] Prepare(Plan plan, Tensor[] inputs)
    {
        var slots = new Tensor?[plan.SlotCount];
        inputs.CopyTo(slots, 0);
        return slots;
    }

    private static Tensor[] Results(Plan plan, Tensor?[] slots) => [.. plan.Results.Select(result => slots[result.Slot]!)];

    private static void Make(Step step, Tensor?[] slots)
    {
        var inputs = new Tensor[step.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = slots[step.Inputs[i]]!;
        }

        slots[step.Output] = step.Call.Run(inputs, step.MayOverwrite);
        foreach (int slot in step.Released)
        {
            slots[slot]!.Dispose();
            slots[slot] = null;
        }
    }
}
