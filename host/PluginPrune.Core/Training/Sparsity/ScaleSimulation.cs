using System.Collections.Immutable;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>
/// Follows all scales through a sparse training that has not been run: the scheduler is asked as it will be asked, and
/// <see cref="ScaleForces"/> say what comes of what it answers. The training is cut into so many parts that it takes a fraction of a second.
/// </summary>
/// <param name="settings">How it will be trained; with sparsity.</param>
/// <param name="stepsPerEpoch">Optimizer steps of an epoch, at least 1.</param>
/// <param name="scales">The scales as they are.</param>
internal sealed class ScaleSimulation(TrainerSettings settings, int stepsPerEpoch, ImmutableArray<ScaleGradients> scales)
{
    /// <summary>The magnitude below which a scale counts as small.</summary>
    public const double Small = 0.01;

    private const int MostParts = 240;

    private readonly SparsitySettings _sparsity = settings.Sparsity ?? throw new ArgumentException("Nothing pulls scales.", nameof(settings));
    private readonly Dictionary<string, int> _layers = scales.Select(static (layer, i) => (layer.BatchNorm, i)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Runs.</summary>
    /// <param name="strength">The strength that is asked for.</param>
    public ScaleCourse Run(double strength)
    {
        long steps = (long)settings.Epochs * stepsPerEpoch;
        var schedule = new RateSchedule(settings.Rates, steps, stepsPerEpoch, Trainer.BatchesOfAStep(settings));
        long parts = Math.Min(steps, Math.Max(MostParts, settings.Epochs));
        double[][] moved = [.. scales.Select(static layer => layer.Gamma.Select(static gamma => (double)Math.Abs(gamma)).ToArray())];
        int all = moved.Sum(static layer => layer.Length);

        // As many as schedulers aim at, and as pruning takes.
        int wanted = (int)(_sparsity.Ratio * all);
        int small = Count(moved);
        double? collapse = small >= wanted ? 0 : null;
        double travel = 0;
        SparsityPlan plan = new([], 1);
        long asksAt = 0;
        for (long part = 0; part < parts; part++)
        {
            long first = part * steps / parts;
            long end = (part + 1) * steps / parts;
            StepRate rate = schedule.At((first + end) / 2);
            if (first >= asksAt)
            {
                plan = _sparsity.Scheduler.Plan(ContextOf(moved, strength, first, steps, schedule.At(first)));
                asksAt = first + plan.ValidSteps;
            }

            travel += Move(moved, plan, rate, end - first);
            small = Count(moved);
            collapse ??= small >= wanted ? (double)end / stepsPerEpoch : null;
        }

        return new ScaleCourse(collapse, all == 0 ? 0 : (double)small / all, travel);
    }

    private static int Count(double[][] moved)
    {
        int small = 0;
        foreach (double[] layer in moved)
        {
            foreach (double scale in layer)
            {
                small += scale < Small ? 1 : 0;
            }
        }

        return small;
    }

    private SparsityContext ContextOf(double[][] moved, double strength, long step, long steps, StepRate rate) =>
        new([.. scales.Select((layer, i) => new SparseLayer(layer.BatchNorm, [.. moved[i].Select(static scale => (float)scale)]))], strength)
        {
            Step = step,
            Steps = steps,
            StepsPerEpoch = stepsPerEpoch,
            LearningRate = rate.LearningRate,
            Momentum = rate.Momentum,
            Ratio = _sparsity.Ratio,
        };

    /// <returns>How far the strongest pull moves a scale.</returns>
    private double Move(double[][] moved, SparsityPlan plan, StepRate rate, long steps)
    {
        double most = 0;
        foreach (GammaPenalty penalty in plan.Penalties)
        {
            int layer = _layers[penalty.BatchNorm];
            var forces = new ScaleForces(settings.Optimizer, penalty.Mode, rate.LearningRate, rate.Momentum);
            double[] values = moved[layer];
            for (int i = 0; i < values.Length; i++)
            {
                double meanSquare = scales[layer].MeanSquare[i];
                double step = forces.StepOf(penalty.Strength[i], meanSquare);
                double held = forces.HeldAt(penalty.Strength[i], Math.Abs(scales[layer].Gamma[i]) * Math.Sqrt(meanSquare));

                // What has arrived stays: its channel has no say any more.
                double aim = values[i] < Small ? forces.SwingOf(step) : Math.Max(held, forces.SwingOf(step));
                values[i] = Math.Max(values[i] - (steps * step), Math.Min(values[i], aim));
                most = Math.Max(most, steps * step);
            }
        }

        return most;
    }
}
