using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>
/// What moves a scale in a step of sparse training. The penalty s takes it down by rate * s / (1 - momentum). Where a batch norm follows, the
/// loss does not mind that a layer shrinks as a whole; but its gradients are e / gamma, grow meanwhile, and by their noise drive a scale
/// up by (rate / (1 - momentum))^2 (e / gamma)^2 / (2 gamma). Both balance at gamma^3 = rate e^2 / (2 s (1 - momentum)), as do the norms of
/// scale-invariant weights and their decay (Wan et al. 2021, 'Spherical motion dynamics'). There a scale stays, unless its channel matters too
/// little to be held, or comes so fast that it is carried past: then it goes on to 0. e is |gamma| times the root mean square over batches of the derivative by gamma.
/// </summary>
/// <remarks>
/// How much must matter to be held was found by experiment, see benchmarks/README.md; the form is one that does not change where scales
/// are counted in another unit, and the rate and the strength with them. With AdamW, whose steps do not grow with gradients, nothing
/// is known of what holds: there scales fall by the pull alone.
/// </remarks>
/// <param name="optimizer">How gradients move parameters.</param>
/// <param name="mode">How the penalty pulls.</param>
/// <param name="rate">The learning rate.</param>
/// <param name="momentum">The momentum.</param>
internal readonly struct ScaleForces(OptimizerKind optimizer, PenaltyMode mode, double rate, double momentum)
{
    private const double HoldFactor = 1.75;

    // How much of the way that the momentum remembers a scale must be held above, not to be carried across 0.
    private const double Brake = 0.5;

    private readonly double _travel = optimizer == OptimizerKind.Sgd ? rate / (1 - momentum) : rate;

    /// <summary>How far a pull moves a scale.</summary>
    /// <param name="strength">The pull.</param>
    /// <param name="meanSquare">Of the derivatives by gamma, over batches.</param>
    public double StepOf(double strength, double meanSquare) =>
        optimizer == OptimizerKind.AdamW && mode == PenaltyMode.Subgradient && strength > 0
            ? _travel * strength / Math.Sqrt(meanSquare + (strength * strength))
            : _travel * strength;

    /// <summary>Where the scale of a channel is held; 0 where it is not.</summary>
    /// <param name="strength">The pull.</param>
    /// <param name="worth">e.</param>
    public double HeldAt(double strength, double worth)
    {
        if (strength == 0)
        {
            return double.PositiveInfinity;
        }

        double balance = Math.Cbrt(_travel * worth * worth / (2 * strength));
        bool isHeld = optimizer == OptimizerKind.Sgd
            && worth >= HoldFactor * strength * Math.Sqrt(_travel)
            && balance >= Brake * _travel * strength / (1 - momentum);
        return isHeld ? balance : 0;
    }

    /// <summary>How far from 0 a scale swings that nothing holds.</summary>
    /// <param name="step">How far the pull moves it.</param>
    public double SwingOf(double step) => mode == PenaltyMode.Proximal ? 0 : step;
}
