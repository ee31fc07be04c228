namespace PluginPrune.Contracts.Options;

/// <summary>
/// Makes a property of an options class an option of the command line. Its name there is the property's in kebab-case:
/// GlobalPercent becomes --global-percent. Its default is what a new options object holds.
/// </summary>
/// <remarks>Types: bool, int, double, string and enums, whose members are spelled in kebab-case too, or as <see cref="ChoiceNameAttribute"/> says.</remarks>
/// <param name="description">One sentence without a full stop, for the help.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string description) : Attribute
{
    /// <summary>One sentence without a full stop, for the help.</summary>
    public string Description { get; } = description;

    /// <summary>The least value of a number.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value of a number.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Other spellings, as they are typed after the two dashes, for instance 'global_percent'.</summary>
    public string[] Aliases { get; init; } = [];
}
