using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Contracts.Options;

/// <summary>One option of a contribution, as its manifest declares it.</summary>
public sealed record OptionDescriptor
{
    /// <summary>The name after the two dashes, in kebab-case.</summary>
    public required string Name { get; init; }

    /// <summary>What the value is.</summary>
    public required OptionType Type { get; init; }

    /// <summary>One sentence without a full stop.</summary>
    public required string Description { get; init; }

    /// <summary>The default as text in the invariant culture; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>The least value of a number, or negative infinity.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value of a number, or positive infinity.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>The words of a choice.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Other spellings of the name.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Where the value names another contribution, see <see cref="ContributionNameAttribute"/>: of which kind; else null.</summary>
    public ContributionKind? Names { get; init; }

    /// <summary>The options of an options class, in the order of its properties, behind those of the class that it derives from.</summary>
    /// <param name="type">A class with a constructor without parameters.</param>
    /// <exception cref="ArgumentException">A property has a type that no option can have, or that cannot hold the name that it is to hold.</exception>
    public static ImmutableArray<OptionDescriptor> Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        object defaults = Activator.CreateInstance(type)!;
        return [.. OptionBinder.Properties(type).Select(pair => Describe(pair.Property, pair.Attribute, defaults))];
    }

    /// <summary>Says what is wrong with a value.</summary>
    /// <param name="text">The value as it was typed.</param>
    /// <returns>One sentence, or null where the value is allowed.</returns>
    public string? FindFault(string text) => FindFault(text, "--" + Name);

    /// <summary>Says what is wrong with a value of an option that is given in a way of its own, as a part of another one for instance.</summary>
    /// <param name="text">The value as it was typed.</param>
    /// <param name="spelling">How the option is given, for instance '--set yolo.box'.</param>
    /// <returns>One sentence, or null where the value is allowed.</returns>
    public string? FindFault(string text, string spelling)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(spelling);
        switch (Type)
        {
            case OptionType.Boolean:
                return bool.TryParse(text, out _) ? null : $"{spelling} takes true or false, not '{text}'.";
            case OptionType.Integer:
                return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int integer)
                    ? FindRangeFault(integer, text, spelling)
                    : $"{spelling} takes a whole number{RangeText()}, not '{text}'.";
            case OptionType.Number:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                    ? FindRangeFault(number, text, spelling)
                    : $"{spelling} takes a number{RangeText()}, not '{text}'.";
            case OptionType.Choice:
                return Choices.Contains(text, StringComparer.Ordinal)
                    ? null
                    : $"{spelling} takes {string.Join(", ", Choices)}, not '{text}'.";
            default:
                return null;
        }
    }

    private static OptionDescriptor Describe(PropertyInfo property, OptionAttribute attribute, object defaults) => new()
    {
        Name = KebabCase.From(property.Name),
        Type = OptionBinder.TypeOf(property),
        Description = attribute.Description,
        Default = OptionBinder.Format(property.GetValue(defaults)),
        Minimum = attribute.Minimum,
        Maximum = attribute.Maximum,
        Choices = (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { IsEnum: true } choice
            ? [.. Enum.GetNames(choice).Select(member => OptionBinder.ChoiceName(choice, member))]
            : [],
        Aliases = [.. attribute.Aliases],
        Names = NamesOf(property),
    };

    private static ContributionKind? NamesOf(PropertyInfo property) => property.GetCustomAttribute<ContributionNameAttribute>() switch
    {
        { } name when property.PropertyType == typeof(string) => name.Kind,
        null => null,
        _ => throw new ArgumentException($"{property.DeclaringType}.{property.Name} is a {property.PropertyType} and has [ContributionName]; a name is a string.", nameof(property)),
    };

    private string? FindRangeFault(double value, string text, string spelling) =>
        value >= Minimum && value <= Maximum ? null : $"{spelling} takes a number{RangeText()}, not '{text}'.";

    private string RangeText() => (double.IsFinite(Minimum), double.IsFinite(Maximum)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {Minimum} to {Maximum}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $" of at least {Minimum}"),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $" of at most {Maximum}"),
        _ => string.Empty,
    };
}
