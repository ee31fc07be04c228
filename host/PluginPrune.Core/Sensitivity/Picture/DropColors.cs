using System.Collections.Immutable;
using System.Globalization;

namespace PluginPrune.Core.Sensitivity;

/// <summary>Colours of drops: calm within what is allowed, then from yellow to dark red by orders of magnitude, not by amount: ten times the allowed drop is far from it and far from the worst.</summary>
internal sealed class DropColors
{
    private static readonly (int R, int G, int B) Calm = (219, 238, 228);

    private static readonly ImmutableArray<(int R, int G, int B)> Scale = [(255, 244, 204), (252, 205, 128), (242, 143, 82), (213, 79, 62), (140, 28, 44)];

    private readonly double _least;
    private readonly double _most;

    /// <param name="allowed">What is within bounds.</param>
    /// <param name="drops">All drops that there are.</param>
    public DropColors(double allowed, ImmutableArray<double> drops)
    {
        Allowed = allowed;
        double[] beyond = [.. drops.Where(drop => !CurveMetric.IsWithin(drop, allowed) && double.IsFinite(drop))];
        _most = beyond.DefaultIfEmpty(1).Max();
        _least = allowed > 0 ? allowed : beyond.DefaultIfEmpty(1).Min();
    }

    private double Allowed { get; }

    /// <summary>A few drops and what to say of them.</summary>
    public IEnumerable<(double Drop, string Label)> Legend
    {
        get
        {
            yield return (Math.Min(Allowed, 0), "within");
            for (int i = 0; i < Scale.Length; i++)
            {
                double drop = _least * Math.Pow(_most / _least, (double)i / (Scale.Length - 1));
                yield return (i == 0 ? drop * (1 + 1e-6) : drop, drop.ToString(drop < 0.1 ? "0.000" : drop < 10 ? "0.00" : "0.#", CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>The colour of a cell.</summary>
    public string Fill(double drop)
    {
        (int r, int g, int b) = Of(drop);
        return $"#{r:x2}{g:x2}{b:x2}";
    }

    /// <summary>The colour of a text on it.</summary>
    public string Ink(double drop)
    {
        (int r, int g, int b) = Of(drop);
        return (0.299 * r) + (0.587 * g) + (0.114 * b) < 140 ? "#ffffff" : "#1c2733";
    }

    private (int R, int G, int B) Of(double drop)
    {
        if (CurveMetric.IsWithin(drop, Allowed))
        {
            return Calm;
        }

        double place = !double.IsFinite(drop) || _most <= _least ? 1 : Math.Clamp(Math.Log(drop / _least) / Math.Log(_most / _least), 0, 1);
        double position = place * (Scale.Length - 1);
        int index = Math.Min((int)position, Scale.Length - 2);
        double part = position - index;
        return (Mix(Scale[index].R, Scale[index + 1].R), Mix(Scale[index].G, Scale[index + 1].G), Mix(Scale[index].B, Scale[index + 1].B));

        int Mix(int from, int to) => (int)Math.Round(from + ((to - from) * part));
    }
}
