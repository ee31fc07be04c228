using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Sensitivity;

/// <summary>How much of each channel group may go, by curves that were measured before.</summary>
public sealed class CurveAllowance
{
    // Every drop that some group has at some rate, ascending from 0: between two of them the groups' rates grow along straight lines.
    private readonly double[] _levels;

    /// <param name="document">The curves.</param>
    /// <param name="drop">The drop that each group is allowed; null where it is searched for, as a budget asks.</param>
    public CurveAllowance(SensitivityDocument document, double? drop)
    {
        ArgumentNullException.ThrowIfNull(document);
        Document = document;
        Drop = drop;
        _levels = [.. document.Groups.SelectMany(curve => curve.Drops(document.Metric)).Where(double.IsFinite).Append(0).Distinct().Order()];
    }

    /// <summary>The curves.</summary>
    public SensitivityDocument Document { get; }

    /// <summary>The drop that each group is allowed; null where it is searched for.</summary>
    public double? Drop { get; }

    /// <summary>Refuses a network that the curves are not of.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="PlanException">Its architecture is another, or it has no such groups.</exception>
    public void RefuseOthers(Network network)
    {
        string file = Document.File ?? "the file";
        if (Document.Architecture == ArchitectureHash.Of(network))
        {
            // Of the same layers: a name that there is not can only have been changed by hand.
            var names = NetworkAnalysis.Of(network, PruningScope.Full).Groups.Select(static group => group.Name).ToHashSet(StringComparer.Ordinal);
            if (Document.Groups.FirstOrDefault(curve => !names.Contains(curve.Group)) is { } stranger)
            {
                throw new PlanException($"{file}: it has a curve of the group {PlanNames.Quote(stranger.Group)}, and '{network.Name}' has no such group. Correct its name, or measure again with 'host sensitivity'.");
            }

            return;
        }

        string where = ArchitectureDifference.First(Document.Structure, [.. ArchitectureHash.Describe(network)]) is { } difference
            ? $" {difference.Name}: it was made for {difference.Ours}; this network has {difference.Theirs}."
            : string.Empty;
        throw new PlanException(
            $"{file}: its curves are of another network, {PlanNames.Quote(Document.Network)} and not '{network.Name}' as it is here.{where} Measure this one with 'host sensitivity'; weights may change, layers may not.");
    }

    /// <summary>How far one search step goes: the share of each group and the drop that it stands for.</summary>
    /// <param name="step">0 (nothing goes) to 1 (every group goes as far as it was measured): even steps from one drop that some group has to the next.</param>
    internal double DropAt(double step)
    {
        // The first part is what costs nothing at all: there groups go by shares of it.
        double place = (step * _levels.Length) - 1;
        int index = Math.Min((int)Math.Max(0, place), _levels.Length - 1);
        return index + 1 < _levels.Length && place > index ? _levels[index] + ((_levels[index + 1] - _levels[index]) * (place - index)) : _levels[index];
    }

    /// <summary>The share of a group that goes at a step of a search.</summary>
    internal double RateAt(GroupCurve curve, double step) => curve.RateAt(Document.Metric, DropAt(step)) * Math.Min(1, step * _levels.Length);

    /// <summary>A drop as people write it, and as it can be typed: a small one does not become 0.</summary>
    /// <param name="drop">The drop.</param>
    public static string Text(double drop) => drop is > 0 and < 1e-4 ? drop.ToString("R", CultureInfo.InvariantCulture) : drop.ToString("0.######", CultureInfo.InvariantCulture);
}
