using PluginPrune.Contracts;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Data;

/// <summary>Finds the format of the dataset that a user names, from manifests and names of files alone: nothing is loaded or read.</summary>
/// <param name="catalog">The plugins.</param>
public sealed class DatasetLocator(PluginCatalog catalog)
{
    /// <summary>Finds the format.</summary>
    /// <param name="data">A file or folder; or, where there is none of that name, the name of a format that makes its pictures.</param>
    /// <param name="format">The format's name, or 'publisher.plugin/name', where the user says it.</param>
    public DatasetLookup Find(string data, string? format)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (string.IsNullOrWhiteSpace(data))
        {
            return new DatasetLookup(new InputException("--data", null, "its name is empty. Name a file, a folder, or a dataset that is made, such as 'synthetic'."));
        }

        string path = Path.GetFullPath(data);
        bool exists = Path.Exists(path);
        if (format is not null)
        {
            ContributionLookup named = catalog.Find(ContributionKind.Dataset, format);
            return named.Contribution is not { } contribution ? new DatasetLookup(new PluginException(named.Diagnostics))
                : exists || IsMade(contribution) ? new DatasetLookup(new DatasetChoice(contribution, exists ? path : null, data))
                : Fault(data, "there is no such file or folder.");
        }

        return !exists ? FindMade(data) : Directory.Exists(path) ? FindFolder(data, path) : FindFile(data, path);
    }

    /// <summary>Finds the format that makes a dataset, whatever files and folders of that name there are.</summary>
    /// <param name="name">The format's name.</param>
    public DatasetLookup FindMade(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ContributionLookup named = catalog.Find(ContributionKind.Dataset, name);
        if (named.Contribution is { } format)
        {
            return IsMade(format)
                ? new DatasetLookup(new DatasetChoice(format, null, name))
                : Fault(name, $"there is no such file or folder. '{name}' is a format: say --data PATH --data-format {name}.");
        }

        // Two plugins that both contribute it, or one that would and is broken: the true reason is told in its own words.
        if (named.Diagnostics[0].Code != DiagnosticCodes.NameUnknown)
        {
            return new DatasetLookup(new PluginException(named.Diagnostics));
        }

        string[] made = [.. catalog.Contributions(ContributionKind.Dataset).Where(IsMade).Select(static known => $"'{known.Name}'")];
        string instead = made.Length == 0 ? "." : $", and no dataset of that name is made; there is {string.Join(", ", made)}.";
        return Fault(name, $"there is no such file or folder{instead}");
    }

    // Neither files nor folders are its own: it makes what it shows.
    private static bool IsMade(ContributionInfo format) => format.Extensions.IsEmpty && format.Markers.IsEmpty;

    private DatasetLookup FindFile(string data, string path)
    {
        string extension = Path.GetExtension(path);
        ContributionInfo[] fitting = [.. Formats(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))];
        string known = string.Join(", ", Formats(static format => !format.Extensions.IsEmpty)
            .Select(static format => $"{string.Join(' ', format.Extensions)} ({format.Name})"));
        return Choose(data, path, fitting, $"no dataset format reads files that end so; known are {(known.Length == 0 ? "none" : known)}");
    }

    private DatasetLookup FindFolder(string data, string path)
    {
        ContributionInfo[] fitting = [.. Fitting(path)];
        if (fitting.Length > 0)
        {
            return Choose(data, path, fitting, string.Empty);
        }

        // An archive that was unpacked has a folder more than people think.
        string[] inner = [.. Directory.EnumerateDirectories(path).Where(folder => Fitting(folder).Any()).Order(StringComparer.Ordinal).Take(3)];
        string hint = inner.Length == 0 ? string.Empty : $"; {string.Join(" and ", inner.Select(folder => $"'{Path.Combine(data, Path.GetFileName(folder))}'"))} would do";
        return Choose(data, path, [], $"nothing in the folder tells what dataset it is{hint}");
    }

    private IEnumerable<ContributionInfo> Fitting(string folder) =>
        Formats(format => format.Markers.Any(marker => FolderMarkers.Has(folder, marker)));

    private IEnumerable<ContributionInfo> Formats(Func<ContributionInfo, bool> condition) =>
        catalog.Contributions(ContributionKind.Dataset).Where(condition).OrderBy(static format => format.Name, StringComparer.Ordinal);

    private DatasetLookup Choose(string data, string path, ContributionInfo[] fitting, string nothing)
    {
        switch (fitting)
        {
            case [var only]:
                return new DatasetLookup(new DatasetChoice(only, path, data));
            case []:
                string names = string.Join(", ", Formats(static format => !IsMade(format)).Select(static format => format.Name).DefaultIfEmpty("no plugin contributes one"));
                return Fault(data, $"{nothing}. Say --data-format NAME: {names}.");
            default:
                // Two plugins may contribute one name; then the full ones tell them apart.
                string[] which = [.. fitting.Select(format => fitting.Count(other => other.Name == format.Name) > 1 ? format.FullName : format.Name)];
                return Fault(data, $"it may be {string.Join(" or ", which)}. Say --data-format {string.Join(" or --data-format ", which)}.");
        }
    }

    private static DatasetLookup Fault(string data, string problem) => new(new InputException(data, null, problem));
}
