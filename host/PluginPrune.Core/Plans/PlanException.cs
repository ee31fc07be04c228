using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PluginPrune.Core.Plans;

/// <summary>A plan that cannot be made, cannot be read, or does not fit the network. Bad input: exit code 2.</summary>
public sealed class PlanException : Exception
{
    private const int MaximumShown = 20;

    /// <summary>Says what is wrong where it is nothing in a file.</summary>
    /// <param name="message">What was found, where, what was wanted.</param>
    public PlanException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong with a plan's file.</summary>
    /// <param name="file">The file as the user calls it, or null for a plan that was not read from one.</param>
    /// <param name="faults">At least one, in the file's order.</param>
    public PlanException(string? file, ImmutableArray<PlanFault> faults)
        : base(Describe(file ?? "the plan", faults))
    {
        File = file;
        Faults = faults;
    }

    /// <summary>The file, or null.</summary>
    public string? File { get; }

    /// <summary>All that is wrong, in the file's order; empty where it is nothing in a plan's file.</summary>
    public ImmutableArray<PlanFault> Faults { get; } = [];

    private static string Describe(string file, ImmutableArray<PlanFault> faults)
    {
        var text = new StringBuilder();
        foreach (PlanFault fault in faults.Take(MaximumShown))
        {
            text.Append(text.Length == 0 ? string.Empty : "\n");
            text.Append(file).Append(fault.Place == PlanPlace.None ? ": " : ", ").Append(fault);
        }

        if (faults.Length > MaximumShown)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nand {faults.Length - MaximumShown} more");
        }

        return text.ToString();
    }
}
