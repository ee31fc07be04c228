using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>The codes and what they are about, for 'host plugin doctor' and for the documentation.</summary>
public static class DiagnosticCatalog
{
    private static readonly Dictionary<string, string> Titles = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [DiagnosticCodes.ManifestUnreadable] = "plugin.json cannot be opened or is too large",
        [DiagnosticCodes.ManifestNotJson] = "plugin.json is not JSON",
        [DiagnosticCodes.ManifestKeyMissing] = "A key that every manifest has is missing",
        [DiagnosticCodes.ManifestWrongType] = "A value is of another type than it must be",
        [DiagnosticCodes.ManifestValueNotAllowed] = "A value is of the right type and not allowed",
        [DiagnosticCodes.ManifestUnknownKey] = "A key that this host does not know",
        [DiagnosticCodes.ManifestVersionUnknown] = "The manifest is of a version that this host cannot read",
        [DiagnosticCodes.ManifestKeyTwice] = "A key stands twice in one object",
        [DiagnosticCodes.RootUnusable] = "A folder of plugins that was asked for is not there, cannot be read or is not looked into",
        [DiagnosticCodes.ContractsRange] = "The manifest asks for contracts that this host does not have",
        [DiagnosticCodes.ContractsReference] = "The compiled plugin refers to contracts that this host does not have",
        [DiagnosticCodes.EntryAssemblyMissing] = "The entry assembly is not there",
        [DiagnosticCodes.EntryAssemblyCorrupt] = "The entry assembly is not a .NET assembly, or is damaged",
        [DiagnosticCodes.EntryTypeUnusable] = "The entry type is not there or cannot be an entry",
        [DiagnosticCodes.NewerFramework] = "The plugin is built for a newer .NET",
        [DiagnosticCodes.AssemblyRefused] = "The runtime refused an assembly",
        [DiagnosticCodes.DependencyMissing] = "A dependency is not in the plugin's folder",
        [DiagnosticCodes.HostPrivateAssembly] = "The plugin reached for an assembly that is the host's own",
        [DiagnosticCodes.OutsideFolder] = "A file of the plugin lies outside its folder",
        [DiagnosticCodes.DependencyListCorrupt] = "The list of dependencies is damaged",
        [DiagnosticCodes.OwnContracts] = "The plugin carries its own copy of the contracts",
        [DiagnosticCodes.NativeLibraryMissing] = "A native library is not found",
        [DiagnosticCodes.MemberMissing] = "A type or member that the plugin was compiled with is not there",
        [DiagnosticCodes.ConstructorThrew] = "The constructor of the entry type threw",
        [DiagnosticCodes.RegisterThrew] = "Register threw",
        [DiagnosticCodes.RegistrationNotAllowed] = "Register added something that cannot be a contribution",
        [DiagnosticCodes.CreationThrew] = "Making the object that does the work threw",
        [DiagnosticCodes.ManifestLies] = "What was registered is not what the manifest says",
        [DiagnosticCodes.WrongService] = "What was made is not what its kind demands",
        [DiagnosticCodes.WorkThrew] = "The plugin threw while it worked",
        [DiagnosticCodes.ScoreNotFinite] = "A score is not a finite number",
        [DiagnosticCodes.WrongScoreCount] = "There are more or fewer scores than channels",
        [DiagnosticCodes.NothingReturned] = "Nothing was returned where something was due",
        [DiagnosticCodes.WrongMask] = "Masks do not fit the groups",
        [DiagnosticCodes.StrangeMember] = "A group or layer is not of the network that was handed in, or is scored twice",
        [DiagnosticCodes.RuleNotAllowed] = "A selection rule is out of range",
        [DiagnosticCodes.NameConflict] = "Two plugins contribute one name",
        [DiagnosticCodes.SamePluginTwice] = "One plugin is there twice in the same version",
        [DiagnosticCodes.Superseded] = "A higher version of the plugin is used",
        [DiagnosticCodes.NameUnknown] = "No plugin contributes the name",
    };

    /// <summary>Every code, ascending.</summary>
    public static ImmutableArray<string> Codes { get; } = [.. Titles.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What diagnostics of a code are about, in a few words without a full stop.</summary>
    /// <param name="code">For instance 'PP0101'.</param>
    /// <exception cref="ArgumentException">There is no such code.</exception>
    public static string TitleOf(string code) => Titles.TryGetValue(code, out string? title)
        ? title
        : throw new ArgumentException($"There is no diagnostic {code}.", nameof(code));
}
