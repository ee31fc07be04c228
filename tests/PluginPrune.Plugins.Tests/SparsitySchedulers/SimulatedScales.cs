using System.Collections.Immutable;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Plugins.Tests.SparsitySchedulers;

/// <summary>
/// Scales of two layers that are trained by stochastic gradient descent with Nesterov's momentum, as sessions do it, on a loss that
/// wants each where it is at first, more or less stubbornly.
/// </summary>
internal sealed class SimulatedScales
{
    private readonly double[] _wanted;
    private readonly double[] _stubborn;
    private readonly double[] _velocity;
    private readonly Random _random = new(3);
    private readonly double _noise;

    public SimulatedScales(int count, Func<int, (double Scale, double Stubbornness)> make, double noise)
    {
        Scales = [.. Enumerable.Range(0, count).Select(i => make(i).Scale)];
        _wanted = [.. Scales];
        _stubborn = [.. Enumerable.Range(0, count).Select(i => make(i).Stubbornness)];
        _velocity = new double[count];
        _noise = noise;
    }

    public double[] Scales { get; }

    public double LearningRate { get; init; } = 0.01;

    public double Momentum { get; init; } = 0.9;

    public int StepsPerEpoch { get; init; } = 50;

    public List<(long Step, float Strength)> Plans { get; } = [];

    public double ShareBelow(double limit) => (double)Scales.Count(scale => Math.Abs(scale) < limit) / Scales.Length;

    /// <summary>Trains from one step to another of a whole training.</summary>
    public void Train(ISparsityScheduler scheduler, double strength, double ratio, long from, long to, long steps)
    {
        long next = from;
        float[] strengths = new float[Scales.Length];
        PenaltyMode mode = PenaltyMode.Subgradient;
        for (long step = from; step < to; step++)
        {
            if (step >= next)
            {
                SparsityPlan plan = scheduler.Plan(ContextAt(step, steps, strength, ratio));
                plan.ValidSteps.Should().BePositive();
                strengths = plan.Penalties.IsEmpty ? strengths : [.. plan.Penalties.SelectMany(static penalty => penalty.Strength)];
                mode = plan.Penalties.IsEmpty ? mode : plan.Penalties[0].Mode;
                next = step + plan.ValidSteps;
                Plans.Add((step, strengths[0]));
            }

            for (int i = 0; i < Scales.Length; i++)
            {
                Move(i, strengths[i], mode);
            }
        }
    }

    public SparsityContext ContextAt(long step, long steps, double strength, double ratio)
    {
        int first = Scales.Length / 3;
        ImmutableArray<float> all = [.. Scales.Select(static scale => (float)scale)];
        return new SparsityContext([new SparseLayer("a", all[..first]), new SparseLayer("b", all[first..])], strength)
        {
            Step = step,
            Steps = steps,
            StepsPerEpoch = StepsPerEpoch,
            LearningRate = LearningRate,
            Momentum = Momentum,
            Ratio = ratio,
        };
    }

    private void Move(int i, double strength, PenaltyMode mode)
    {
        double gradient = (_stubborn[i] * (Scales[i] - _wanted[i])) + (_noise * (_random.NextDouble() - 0.5));
        gradient += mode == PenaltyMode.Subgradient ? strength * Math.Sign(Scales[i]) : 0;
        _velocity[i] = (Momentum * _velocity[i]) + gradient;
        Scales[i] -= LearningRate * (gradient + (Momentum * _velocity[i]));
        if (mode == PenaltyMode.Proximal)
        {
            double threshold = LearningRate * strength / (1 - Momentum);
            Scales[i] = Math.Sign(Scales[i]) * Math.Max(Math.Abs(Scales[i]) - threshold, 0);
        }
    }
}
