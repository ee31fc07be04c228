using System.Globalization;
using System.Reflection;

namespace PluginPrune.Contracts.Options;

/// <summary>Fills an options object from text. The host has checked names and values against the manifest before.</summary>
internal static class OptionBinder
{
    public static IEnumerable<(PropertyInfo Property, OptionAttribute Attribute)> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(static property => (Property: property, Attribute: property.GetCustomAttribute<OptionAttribute>()))
            .Where(static pair => pair.Attribute is not null)
            .OrderBy(static pair => DepthOf(pair.Property.DeclaringType!))
            .ThenBy(static pair => pair.Property.MetadataToken)
            .Select(static pair => (pair.Property, pair.Attribute!));

    /// <exception cref="OptionException">A name is unknown or a value is not allowed; all faults are listed.</exception>
    public static TOptions Bind<TOptions>(IReadOnlyDictionary<string, string> values)
        where TOptions : new()
    {
        var options = new TOptions();
        var properties = Properties(typeof(TOptions)).ToDictionary(
            static pair => KebabCase.From(pair.Property.Name), static pair => pair.Property, StringComparer.Ordinal);
        var descriptors = OptionDescriptor.Of(typeof(TOptions)).ToDictionary(static option => option.Name, StringComparer.Ordinal);

        var faults = new List<string>();
        foreach ((string name, string text) in values.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (!descriptors.TryGetValue(name, out OptionDescriptor? descriptor))
            {
                faults.Add($"There is no option --{name}.");
            }
            else if (descriptor.FindFault(text) is { } fault)
            {
                faults.Add(fault);
            }
            else
            {
                properties[name].SetValue(options, Parse(properties[name].PropertyType, text));
            }
        }

        return faults.Count == 0 ? options : throw new OptionException(string.Join(' ', faults));
    }

    public static OptionType TypeOf(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            _ when type == typeof(bool) => OptionType.Boolean,
            _ when type == typeof(int) => OptionType.Integer,
            _ when type == typeof(double) => OptionType.Number,
            _ when type == typeof(string) => OptionType.Text,
            _ when type.IsEnum => OptionType.Choice,
            _ => throw new ArgumentException(
                $"{property.DeclaringType}.{property.Name} is a {type}; an option is a bool, int, double, string or enum.", nameof(property)),
        };
    }

    public static string? Format(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        Enum choice => ChoiceName(choice.GetType(), choice.ToString()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    public static string ChoiceName(Type type, string member) =>
        type.GetField(member)?.GetCustomAttribute<ChoiceNameAttribute>()?.Name ?? KebabCase.From(member);

    /// <summary>How many classes a class derives from: tokens of two assemblies say nothing of an order.</summary>
    private static int DepthOf(Type type) => type.BaseType is { } parent ? 1 + DepthOf(parent) : 0;

    private static object Parse(Type propertyType, string text)
    {
        Type type = Nullable.GetUnderlyingType(propertyType) ?? propertyType;
        return type switch
        {
            _ when type == typeof(bool) => bool.Parse(text),
            _ when type == typeof(int) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            _ when type == typeof(double) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            _ when type.IsEnum => Enum.Parse(type, Enum.GetNames(type).First(name => ChoiceName(type, name) == text)),
            _ => text,
        };
    }
}
