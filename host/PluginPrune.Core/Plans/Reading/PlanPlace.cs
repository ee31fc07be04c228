using System.Globalization;

namespace PluginPrune.Core.Plans;

/// <summary>Where something stands in a plan's file.</summary>
/// <param name="Line">1-based; 0 for what was not read from a file.</param>
/// <param name="Column">1-based, in characters.</param>
public readonly record struct PlanPlace(int Line, int Column) : IComparable<PlanPlace>
{
    /// <summary>Lines longer than this are not looked through by eye: messages then tell the column as well.</summary>
    private const int LongLine = 160;

    /// <summary>No place: the value was made by the program.</summary>
    public static PlanPlace None => default;

    /// <summary>For instance 'line 57, column 12'.</summary>
    internal string WithColumn => string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}");

    /// <summary>', first in line 57' of what stands twice, or nothing.</summary>
    internal string AsFirst => this == None ? string.Empty : $", first in {this}";

    /// <inheritdoc />
    public int CompareTo(PlanPlace other) => (Line, Column).CompareTo((other.Line, other.Column));

    /// <summary>Compares.</summary>
    public static bool operator <(PlanPlace left, PlanPlace right) => left.CompareTo(right) < 0;

    /// <summary>Compares.</summary>
    public static bool operator >(PlanPlace left, PlanPlace right) => left.CompareTo(right) > 0;

    /// <summary>Compares.</summary>
    public static bool operator <=(PlanPlace left, PlanPlace right) => left.CompareTo(right) <= 0;

    /// <summary>Compares.</summary>
    public static bool operator >=(PlanPlace left, PlanPlace right) => left.CompareTo(right) >= 0;

    /// <summary>For instance 'line 57', and 'line 1, column 2034' where the line is long.</summary>
    public override string ToString() => Column > LongLine ? WithColumn : string.Create(CultureInfo.InvariantCulture, $"line {Line}");
}
