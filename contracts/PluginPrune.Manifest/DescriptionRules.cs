using System.Collections.Immutable;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Manifest;

/// <summary>What a manifest may say. The host refuses the same things; here the author sees them, at build.</summary>
internal static class DescriptionRules
{
    public static void Check(PluginAttribute attribute, Type type)
    {
        if (attribute.Id is null || !PluginNames.IsPluginId(attribute.Id))
        {
            throw new ManifestFault("PPM010", $"[Plugin] on {type.FullName} has the id '{attribute.Id}'. An id is publisher.name, both in kebab-case, for instance 'acme.taylor'.");
        }

        if (string.IsNullOrWhiteSpace(attribute.Description) || string.IsNullOrWhiteSpace(attribute.License))
        {
            throw new ManifestFault("PPM011", $"[Plugin] on {type.FullName} has an empty description or licence. Give one sentence and an SPDX name.");
        }
    }

    public static IReadOnlyList<ContributionDescription> Describe(IReadOnlyList<Contribution> contributions, Type type)
    {
        if (contributions.Count == 0)
        {
            throw new ManifestFault("PPM012", $"{type.FullName}.Register adds nothing. A plugin contributes at least one criterion, format, head or engine.");
        }

        var seen = new HashSet<(ContributionKind, string)>();
        foreach (Contribution contribution in contributions)
        {
            string what = $"{contribution.Kind} '{contribution.Name}'";
            if (!PluginNames.IsKebabCase(contribution.Name))
            {
                throw new ManifestFault("PPM013", $"The {what} is not in kebab-case: lower-case letters, digits and single dashes, a letter first.");
            }

            if (!seen.Add((contribution.Kind, contribution.Name)))
            {
                throw new ManifestFault("PPM014", $"The {what} is registered twice. Give one of them another name.");
            }

            if (string.IsNullOrWhiteSpace(contribution.Summary))
            {
                throw new ManifestFault("PPM015", $"The {what} has no summary. Give one sentence for lists and help.");
            }

            CheckExtensions(contribution, what);
        }

        return [.. contributions.Select(static contribution => new ContributionDescription(contribution, DescribeOptions(contribution)))];
    }

    private static void CheckExtensions(Contribution contribution, string what)
    {
        bool isFormat = contribution.Kind == ContributionKind.Format;
        bool isDataset = contribution.Kind == ContributionKind.Dataset;
        if ((!isDataset && isFormat == contribution.Extensions.IsEmpty)
            || contribution.Extensions.Any(static extension => extension.Length < 2 || extension[0] != '.'))
        {
            throw new ManifestFault("PPM016", $"The {what} has the extensions '{string.Join(' ', contribution.Extensions)}'. A model format has one or more, a dataset perhaps some, each with its dot; nothing else has any.");
        }

        if ((!isDataset && !contribution.Markers.IsEmpty) || contribution.Markers.Any(static marker => !PluginNames.IsMarker(marker)))
        {
            throw new ManifestFault("PPM017", $"The {what} has the markers '{string.Join(' ', contribution.Markers)}'. A dataset may have some, each the name of a file or folder in it, or such names joined by '/'; nothing else has any.");
        }
    }

    private static ImmutableArray<OptionDescriptor> DescribeOptions(Contribution contribution)
    {
        string what = $"the {contribution.Kind} '{contribution.Name}'";
        ImmutableArray<OptionDescriptor> options;
        try
        {
            options = OptionDescriptor.Of(contribution.OptionsType);
        }
        catch (ArgumentException fault)
        {
            throw new ManifestFault("PPM017", $"Options of {what}: {fault.Message}");
        }

        var spellings = new HashSet<string>(StringComparer.Ordinal);
        foreach (OptionDescriptor option in options)
        {
            if (option.Default is { } value && option.FindFault(value) is { } fault)
            {
                throw new ManifestFault("PPM018", $"The default of an option of {what} is not allowed: {fault}");
            }

            if (!PluginNames.IsKebabCase(option.Name) || string.IsNullOrWhiteSpace(option.Description)
                || option.Aliases.Any(static alias => !PluginNames.IsAlias(alias)))
            {
                throw new ManifestFault("PPM019", $"--{option.Name} of {what} needs a name in kebab-case, a description, and aliases of letters, digits, '-' and '_'.");
            }

            if (option.Aliases.Append(option.Name).FirstOrDefault(spelling => !spellings.Add(spelling)) is { } twice)
            {
                throw new ManifestFault("PPM020", $"Two options of {what} are spelled --{twice}.");
            }
        }

        return options;
    }
}
