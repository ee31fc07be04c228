namespace PluginPrune.Core.Training;

/// <summary>
/// The learning rate of every optimizer step. The warm-up goes in a straight line from 0 and ends exactly where the schedule is
/// by then: it never passes the rate that was asked for.
/// </summary>
public sealed class RateSchedule
{
    private static readonly double[] Milestones = [0.7, 0.9];

    private readonly RateSettings _settings;
    private readonly long _steps;

    /// <summary>Lays out a schedule.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="steps">Optimizer steps of the whole training, at least 1.</param>
    /// <param name="stepsPerEpoch">Optimizer steps of an epoch, at least 1.</param>
    /// <param name="batchesOfAStep">How many batches' gradients a step adds up, at least 1.</param>
    public RateSchedule(RateSettings settings, long steps, int stepsPerEpoch, int batchesOfAStep = 1)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch, 1);
        _settings = settings;
        _steps = steps;

        // A warm-up that is longer than a third of the training would leave no time to learn at the full rate.
        WarmUpSteps = Math.Max(Math.Min(settings.WarmUpEpochs * stepsPerEpoch, steps / 3.0), (double)settings.WarmUpBatches / batchesOfAStep);
    }

    /// <summary>For how many steps the rate rises; fractions count.</summary>
    public double WarmUpSteps { get; }

    /// <summary>The rates of a step.</summary>
    /// <param name="step">From 0; a step of fewer batches than others may lie between two, the first even before 0.</param>
    public StepRate At(double step)
    {
        double rate = _settings.LearningRate * ShareAt(step);
        if (step >= WarmUpSteps)
        {
            return new StepRate(rate, rate, _settings.Momentum);
        }

        // The first step moves a little already: with a rate of 0 it would be wasted.
        double done = (step + 1) / (WarmUpSteps + 1);
        return new StepRate(
            rate * done,
            _settings.WarmUpBiasRate + (done * (rate - _settings.WarmUpBiasRate)),
            _settings.WarmUpMomentum + (done * (_settings.Momentum - _settings.WarmUpMomentum)));
    }

    private double ShareAt(double step)
    {
        double done = _steps == 1 ? 0 : Math.Clamp(step / (_steps - 1), 0, 1);
        double final = _settings.FinalShare;
        return _settings.Kind switch
        {
            RateKind.Cosine => final + ((1 - final) * (1 + Math.Cos(Math.PI * done)) / 2),
            RateKind.Linear => 1 - ((1 - final) * done),
            RateKind.Step => Math.Pow(0.1, Milestones.Count(milestone => step >= milestone * _steps)),
            _ => 1,
        };
    }
}
