namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>The gradients by values on the way back. A value that is read more than once adds up.</summary>
/// <param name="wanted">By slot, whether its gradient leads to a parameter.</param>
internal sealed class SlotGradients(bool[] wanted) : IDisposable
{
    private readonly Tensor?[] _gradients = new Tensor?[wanted.Length];
    private readonly bool[] _exclusive = new bool[wanted.Length];

    public bool Wants(int slot) => wanted[slot];

    /// <summary>Adds a gradient, which becomes this object's.</summary>
    public void Add(int slot, Tensor gradient, bool isExclusive)
    {
        if (!wanted[slot])
        {
            gradient.Dispose();
            return;
        }

        if (_gradients[slot] is not { } sum)
        {
            (_gradients[slot], _exclusive[slot]) = (gradient, isExclusive);
            return;
        }

        if (_exclusive[slot])
        {
            sum.add_(gradient);
            gradient.Dispose();
            return;
        }

        using (sum)
        {
            _gradients[slot] = isExclusive ? gradient.add_(sum) : gradient.add(sum);
            _exclusive[slot] = true;
        }

        if (!isExclusive)
        {
            gradient.Dispose();
        }
    }

    /// <summary>Takes the gradient out, or null where none came.</summary>
    public Tensor? Take(int slot, out bool isExclusive)
    {
        Tensor? gradient = _gradients[slot];
        isExclusive = _exclusive[slot];
        _gradients[slot] = null;
        return gradient;
    }

    public void Dispose()
    {
        for (int slot = 0; slot < _gradients.Length; slot++)
        {
            _gradients[slot]?.Dispose();
            _gradients[slot] = null;
        }
    }
}
