namespace PluginPrune.EngineTorch.Training;

/// <summary>
/// Multiplies gradients while they flow through half precision, so that small ones do not vanish (Micikevicius et al. 2018,
/// section 3.2); after steps that went well it tries more, after an overflow less.
/// </summary>
internal sealed class LossScale(bool isUsed)
{
    private const double Least = 1;
    private const double Most = 65536;
    private const int StepsToGrow = 2000;

    public double Value { get; private set; } = isUsed ? Most : 1;

    /// <summary>Steps since it last changed.</summary>
    public long Steps { get; private set; }

    /// <returns>False where it was too large and is smaller now, so that the next step may go well.</returns>
    public bool Update(bool isFinite)
    {
        if (!isUsed)
        {
            return true;
        }

        Steps++;
        if (!isFinite && Value > Least)
        {
            Set(Math.Max(Least, Value / 2), 0);
            return false;
        }

        if (Steps >= StepsToGrow)
        {
            Set(Math.Min(Most, Value * 2), 0);
        }

        return true;
    }

    public void Set(double value, long steps) => (Value, Steps) = (value, steps);
}
