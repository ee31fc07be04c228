using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Training;

/// <summary>
/// Forecasts when scales collapse. A pull of strength s moves a scale by rate * s / (1 - momentum) at each step; with one rate r
/// and one momentum m a scale g is gone after g (1 - m) / (r s * steps of an epoch) epochs. Here the rate and the momentum are those of every
/// single step, so that warm-up and decay count.
/// </summary>
/// <param name="schedule">The learning rate.</param>
/// <param name="epochs">The epochs of the training, at least 1.</param>
/// <param name="stepsPerEpoch">Optimizer steps of an epoch, at least 1.</param>
public sealed class CollapseForecaster(RateSchedule schedule, int epochs, int stepsPerEpoch)
{
    /// <summary>The magnitude below which a scale counts as small.</summary>
    public const double Small = 0.01;

    /// <summary>Forecasts.</summary>
    /// <param name="network">The network as it is before the training.</param>
    /// <param name="batchNorms">The ids of its batch norms that take part.</param>
    /// <param name="ratio">The share of channels that is to go, above 0 to 1.</param>
    /// <param name="strength">How strongly scales are pulled, above 0.</param>
    /// <param name="plannedEpoch">By when they shall be small, above 0 and not beyond the training.</param>
    public CollapseForecast Make(Network network, IEnumerable<string> batchNorms, double ratio, double strength, double plannedEpoch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batchNorms);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(strength, 0);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(plannedEpoch, 0);
        float[] scales = [.. batchNorms.SelectMany(id => ((BatchNorm)network[id].Operation).Gamma.Floats.ToArray()).Select(Math.Abs).Order()];
        double scale = scales.Length == 0 ? 0 : scales[Math.Clamp((int)(ratio * scales.Length) - 1, 0, scales.Length - 1)];
        double way = scale - Small;
        long planned = (long)Math.Ceiling(Math.Min(plannedEpoch, epochs) * stepsPerEpoch);
        double travel = 0;
        double travelToPlan = 0;
        long? collapse = way <= 0 ? 0 : null;
        for (long step = 0; step < (long)epochs * stepsPerEpoch; step++)
        {
            StepRate rate = schedule.At(step);
            travel += rate.LearningRate / (1 - rate.Momentum);
            travelToPlan = step < planned ? travel : travelToPlan;
            collapse ??= travel * strength >= way ? step + 1 : null;
        }

        return new CollapseForecast(
            scale, strength, epochs, collapse / (double)stepsPerEpoch, travel * strength, plannedEpoch, way <= 0 ? null : way / travelToPlan);
    }
}
