using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;

namespace PluginPrune.Core.Selection;

/// <summary>
/// How much of the scores' energy (the sum of their squares) lies in the lowest share p of them: a forecast, without running
/// the network, of what a rate takes away. Flat and then steep is what sparse training leaves; the bend is the cliff.
/// </summary>
public sealed class EnergyCurve
{
    /// <summary>Where less can go for free, the network was not trained sparse, or not long enough.</summary>
    public const double LeastFreeRate = 0.2;

    // Two points of percent to either side: what a user would try next.
    private const double Reach = 0.02;

    // Zeros, and what together has a hundred-thousandth of the energy. A thousandth costs a third of the mAP where the weights behind
    // small scales are large, as sparse training leaves them.
    private const double Free = 1e-5;

    private readonly double[] _sorted;
    private readonly double[] _cumulative;

    /// <summary>Makes the curve of a criterion's scores.</summary>
    /// <param name="scores">The scores; their magnitudes count.</param>
    public EnergyCurve(ImmutableArray<MemberScores> scores)
    {
        var magnitudes = new List<double>();
        foreach (MemberScores member in scores)
        {
            foreach (double value in member.Member.IsInScope && !member.Group.IsLocked ? member.Values : [])
            {
                magnitudes.Add(Math.Abs(value));
            }
        }

        _sorted = [.. magnitudes];
        Array.Sort(_sorted);
        _cumulative = new double[_sorted.Length + 1];
        for (int i = 0; i < _sorted.Length; i++)
        {
            _cumulative[i + 1] = _cumulative[i] + (_sorted[i] * _sorted[i]);
        }
    }

    /// <summary>The share of the energy in the lowest share of the scores, 0 to 1.</summary>
    /// <param name="rate">The share of the scores, 0 to 1.</param>
    public double At(double rate)
    {
        double total = _cumulative[^1];
        return total == 0 ? 0 : _cumulative[(int)Math.Clamp(rate * _sorted.Length, 0, _sorted.Length)] / total;
    }

    /// <summary>
    /// The largest rate, in tenths of a percent, at which nothing goes but zeros and what is as good as zero: a hundred-thousandth of the energy.
    /// </summary>
    public double FindFreeRate()
    {
        int free = Array.FindLastIndex(_cumulative, sum => sum <= Free * _cumulative[^1]);
        return _cumulative[^1] == 0 ? 0 : Math.Floor((double)free / _sorted.Length * 1000) / 1000;
    }

    /// <summary>
    /// Where the rate sits on a cliff, the rate just before it; else null. It does where two points more take more than three
    /// times the energy that the last two points took, and more than half a percent of all.
    /// </summary>
    /// <param name="rate">The share of the scores that goes, 0 to 1.</param>
    public double? FindSafeRate(double rate)
    {
        double next = At(Math.Min(1, rate + Reach)) - At(rate);
        double last = At(rate) - At(Math.Max(0, rate - Reach));
        if (rate < Reach || rate > 1 - Reach || _sorted.Length < 100 || next <= 0.005 || next <= 3 * last)
        {
            return null;
        }

        // The bend is where one score is followed by one that is larger by the greatest factor.
        int from = (int)Math.Max(1, (rate - Reach) * _sorted.Length);
        int to = (int)Math.Min(_sorted.Length - 1, (rate + Reach) * _sorted.Length);
        int bend = from;
        double steepest = 0;
        for (int i = from; i <= to; i++)
        {
            double step = _sorted[i] / Math.Max(_sorted[i - 1], double.Epsilon);
            if (step > steepest)
            {
                (bend, steepest) = (i, step);
            }
        }

        // Rounded down to a tenth of a percent, so that it can be typed.
        return Math.Floor((double)bend / _sorted.Length * 1000) / 1000;
    }
}
