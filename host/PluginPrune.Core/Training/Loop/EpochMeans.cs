using System.Collections.Immutable;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>Adds up what an epoch's batches came to.</summary>
internal sealed class EpochMeans
{
    private readonly List<LossTerm> _sums = [];
    private double _gradientNorms;
    private int _steps;

    public int Pictures { get; private set; }

    /// <summary>Means over pictures.</summary>
    public ImmutableArray<LossTerm> Losses => [.. _sums.Select(term => term with { Value = term.Value / Math.Max(1, Pictures) })];

    /// <summary>How many steps moved nothing, since gradients were too large for half precision.</summary>
    public int Overflows { get; private set; }

    public double GradientNorm => _steps == 0 ? 0 : _gradientNorms / _steps;

    public void Add(ImmutableArray<LossTerm> terms, int pictures)
    {
        for (int i = 0; i < terms.Length; i++)
        {
            if (i == _sums.Count)
            {
                _sums.Add(terms[i] with { Value = 0 });
            }

            _sums[i] = _sums[i] with { Value = _sums[i].Value + (terms[i].Value * pictures) };
        }

        Pictures += pictures;
    }

    public void Add(StepResult step)
    {
        if (step.IsOverflow)
        {
            Overflows++;
            return;
        }

        _gradientNorms += step.GradientNorm;
        _steps++;
    }
}
