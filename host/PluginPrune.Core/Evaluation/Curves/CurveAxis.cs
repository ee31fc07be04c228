using System.Globalization;

namespace PluginPrune.Core.Evaluation;

/// <summary>An axis between two round numbers, with round ones on its way.</summary>
internal sealed class CurveAxis
{
    // A step is at least a fifth of what is shown: six numbers have room.
    private const int MostSteps = 5;

    private readonly double _step;
    private readonly double _first;
    private readonly double _last;

    private CurveAxis(double low, double high)
    {
        double least = (high - low) / MostSteps;
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        _step = power * ((least / power) switch
        {
            <= 1 + 1e-9 => 1,
            <= 2 + 1e-9 => 2,
            <= 5 + 1e-9 => 5,
            _ => 10,
        });
        _first = Math.Floor((low / _step) + 1e-9);
        _last = Math.Ceiling((high / _step) - 1e-9);
    }

    /// <summary>The numbers that are written, ascending.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            for (double tick = _first; tick <= _last; tick++)
            {
                yield return tick * _step;
            }
        }
    }

    /// <summary>Makes an axis.</summary>
    /// <param name="values">What is to be shown; 0 is shown too.</param>
    /// <param name="fits">Whether it ends with the values; else it goes from 0 to 1 where all lie between.</param>
    public static CurveAxis Of(IEnumerable<double> values, bool fits)
    {
        double low = 0;
        double high = 0;
        foreach (double value in values.Where(double.IsFinite))
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return low >= 0 && (fits ? high == 0 : high <= 1) ? new CurveAxis(0, 1) : new CurveAxis(low, high);
    }

    /// <summary>Where a value lies.</summary>
    /// <param name="value">The value.</param>
    /// <param name="from">Where the axis begins.</param>
    /// <param name="to">Where it ends.</param>
    public double Place(double value, double from, double to) => from + (((value / _step) - _first) / (_last - _first) * (to - from));

    /// <summary>A number as it is written.</summary>
    public string Text(double tick) =>
        tick.ToString(Math.Max(-_first, _last) * _step is < 0.1 or > 1e5 ? "G3" : "0.###", CultureInfo.InvariantCulture);
}
