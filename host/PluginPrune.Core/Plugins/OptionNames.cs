using PluginPrune.Contracts.Options;

namespace PluginPrune.Core.Plugins;

/// <summary>Checks options against a manifest, so that a slip is told before any code of the plugin is loaded.</summary>
internal static class OptionNames
{
    /// <returns>The options under their own names, aliases resolved.</returns>
    /// <exception cref="OptionException">All faults together.</exception>
    public static IReadOnlyDictionary<string, string> Check(ContributionInfo contribution, IReadOnlyDictionary<string, string> options)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach ((string given, string value) in options.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            OptionDescriptor? option = contribution.Options.FirstOrDefault(option =>
                option.Name == given || option.Aliases.Contains(given, StringComparer.Ordinal));
            if (option is null)
            {
                faults.Add($"{contribution.FullName} has no option --{given}.{Suggest(contribution, given)}");
            }
            else if (option.FindFault(value) is { } fault)
            {
                faults.Add(fault);
            }
            else if (!result.TryAdd(option.Name, value))
            {
                faults.Add($"--{option.Name} is given twice, once as --{given}.");
            }
        }

        return faults.Count == 0 ? result : throw new OptionException(string.Join(' ', faults));
    }

    private static string Suggest(ContributionInfo contribution, string given)
    {
        string[] near = [.. NearestNames.Of(given, contribution.Options.Select(static option => option.Name)).Select(static name => "--" + name)];
        return near.Length == 0 ? string.Empty : $" Did you mean {string.Join(" or ", near)}?";
    }
}
