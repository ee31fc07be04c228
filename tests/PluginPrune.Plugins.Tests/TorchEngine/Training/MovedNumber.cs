using PluginPrune.Contracts.Training;

namespace PluginPrune.Plugins.Tests.TorchEngine.Training;

/// <summary>One parameter and what its optimizer remembers, by the rules of the contracts.</summary>
internal sealed class MovedNumber(double value)
{
    private double _first;
    private double _second;

    public double Value { get; private set; } = value;

    public double? Average { get; private set; }

    public void Move(OptimizerKind kind, double gradient, double rate, double decay, StepSettings settings, int step)
    {
        double before = Value;
        if (kind == OptimizerKind.Sgd)
        {
            double slope = gradient + (decay * Value);
            _first = (settings.Momentum * _first) + slope;
            Value -= rate * (slope + (settings.Momentum * _first));
        }
        else
        {
            _first = (settings.Momentum * _first) + ((1 - settings.Momentum) * gradient);
            _second = (settings.SecondMomentum * _second) + ((1 - settings.SecondMomentum) * gradient * gradient);
            double mean = _first / (1 - Math.Pow(settings.Momentum, step));
            double square = _second / (1 - Math.Pow(settings.SecondMomentum, step));
            Value -= rate * ((mean / (Math.Sqrt(square) + 1e-8)) + (decay * Value));
        }

        if (settings.AverageDecay is { } kept)
        {
            Average = (kept * (Average ?? before)) + ((1 - kept) * Value);
        }
    }
}
