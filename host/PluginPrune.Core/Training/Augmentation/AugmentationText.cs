using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using PluginPrune.Contracts.Options;

namespace PluginPrune.Core.Training;

/// <summary>Settings of augmentation as text: what they may be is said once, by their attributes.</summary>
internal static class AugmentationText
{
    /// <exception cref="OptionException">A name is unknown or a value is not allowed; all faults are listed.</exception>
    public static AugmentationSettings Replace(AugmentationSettings settings, IReadOnlyDictionary<string, string> values)
    {
        ImmutableArray<OptionDescriptor> known = OptionDescriptor.Of(typeof(AugmentationSettings));
        AugmentationSettings copy = settings with { };
        var faults = new List<string>();
        foreach ((string name, string text) in values.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            OptionDescriptor? option = known.FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name, StringComparer.Ordinal));
            if (option is null)
            {
                faults.Add($"Augmentation has no setting '{name}'; there is {string.Join(", ", known.Select(static option => option.Name))}.");
            }
            else if (option.FindFault(text, $"--augment {option.Name}") is { } fault)
            {
                faults.Add(fault);
            }
            else
            {
                PropertyInfo property = Properties()[option.Name];
                property.SetValue(copy, Convert.ChangeType(text, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, CultureInfo.InvariantCulture));
            }
        }

        return faults.Count == 0 ? copy : throw new OptionException(string.Join(' ', faults));
    }

    /// <exception cref="OptionException">A value is not allowed; all faults are listed.</exception>
    public static void Check(AugmentationSettings settings)
    {
        Dictionary<string, PropertyInfo> properties = Properties();
        string[] faults =
        [
            .. OptionDescriptor.Of(typeof(AugmentationSettings))
                .Select(option => properties[option.Name].GetValue(settings) is { } value ? option.FindFault(Convert.ToString(value, CultureInfo.InvariantCulture)!, $"--augment {option.Name}") : null)
                .OfType<string>(),
        ];
        if (faults.Length > 0)
        {
            throw new OptionException(string.Join(' ', faults));
        }
    }

    // Descriptors come in the order of the properties.
    private static Dictionary<string, PropertyInfo> Properties() => OptionDescriptor.Of(typeof(AugmentationSettings))
        .Zip(typeof(AugmentationSettings).GetProperties()
            .Where(static property => property.IsDefined(typeof(OptionAttribute)))
            .OrderBy(static property => property.MetadataToken))
        .ToDictionary(static pair => pair.First.Name, static pair => pair.Second, StringComparer.Ordinal);
}
