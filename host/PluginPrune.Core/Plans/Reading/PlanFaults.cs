using System.Diagnostics.CodeAnalysis;

namespace PluginPrune.Core.Plans;

/// <summary>Gathers what is wrong with a plan, so that its author can mend it in one go.</summary>
/// <param name="file">The plan's file as the user calls it, or null.</param>
internal sealed class PlanFaults(string? file)
{
    /// <summary>Looking for what somebody may have meant takes time; it is left out beyond this many faults.</summary>
    private const int WithHints = 100;

    private readonly List<PlanFault> _faults = [];

    public bool Any => _faults.Count > 0;

    public void Add(PlanPlace place, string message) => _faults.Add(new PlanFault(place, message));

    /// <summary>The names that may have been meant, as ' Did you mean ...?', or nothing.</summary>
    public string Hint(string typed, IEnumerable<string> known) =>
        _faults.Count > WithHints ? string.Empty : PlanNames.Hint(typed, known);

    /// <exception cref="PlanException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            Throw();
        }
    }

    [DoesNotReturn]
    public void Throw(PlanPlace place, string message)
    {
        Add(place, message);
        Throw();
    }

    [DoesNotReturn]
    public void ThrowSyntax(PlanPlace place, string message)
    {
        _faults.Add(new PlanFault(place, message) { IsSyntax = true });
        Throw();
    }

    [DoesNotReturn]
    private void Throw() => throw new PlanException(file, [.. _faults.OrderBy(static fault => fault.Place)]);
}
