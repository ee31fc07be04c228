namespace PluginPrune.Core.Plugins;

/// <summary>The closed list of what can be wrong with a plugin. A code never changes its meaning.</summary>
/// <remarks>PP00xx manifest, PP01xx compatibility, PP03xx loading, PP04xx activation, PP05xx contract, PP06xx names and conflicts.</remarks>
public static class DiagnosticCodes
{
    /// <summary>plugin.json cannot be opened or is too large.</summary>
    public const string ManifestUnreadable = "PP0001";

    /// <summary>plugin.json is not JSON.</summary>
    public const string ManifestNotJson = "PP0002";

    /// <summary>A key that every manifest has is missing.</summary>
    public const string ManifestKeyMissing = "PP0003";

    /// <summary>A value is of another type than it must be.</summary>
    public const string ManifestWrongType = "PP0004";

    /// <summary>A value is of the right type and not allowed.</summary>
    public const string ManifestValueNotAllowed = "PP0005";

    /// <summary>A key that this host does not know.</summary>
    public const string ManifestUnknownKey = "PP0006";

    /// <summary>The manifest is of a version that this host cannot read.</summary>
    public const string ManifestVersionUnknown = "PP0007";

    /// <summary>A key stands twice in one object.</summary>
    public const string ManifestKeyTwice = "PP0008";

    /// <summary>A folder of plugins that was asked for is not there, cannot be read or is not looked into.</summary>
    public const string RootUnusable = "PP0009";

    /// <summary>The manifest asks for contracts that this host does not have.</summary>
    public const string ContractsRange = "PP0101";

    /// <summary>The compiled plugin refers to contracts that this host does not have.</summary>
    public const string ContractsReference = "PP0102";

    /// <summary>The entry assembly is not there.</summary>
    public const string EntryAssemblyMissing = "PP0103";

    /// <summary>The entry assembly is not a .NET assembly, or is damaged.</summary>
    public const string EntryAssemblyCorrupt = "PP0104";

    /// <summary>The entry type is not there or cannot be an entry.</summary>
    public const string EntryTypeUnusable = "PP0105";

    /// <summary>The plugin is built for a newer .NET.</summary>
    public const string NewerFramework = "PP0106";

    /// <summary>The runtime refused an assembly.</summary>
    public const string AssemblyRefused = "PP0301";

    /// <summary>A dependency is not in the plugin's folder.</summary>
    public const string DependencyMissing = "PP0302";

    /// <summary>The plugin reached for an assembly that is the host's own.</summary>
    public const string HostPrivateAssembly = "PP0303";

    /// <summary>A file of the plugin lies outside its folder.</summary>
    public const string OutsideFolder = "PP0304";

    /// <summary>The list of dependencies is damaged.</summary>
    public const string DependencyListCorrupt = "PP0305";

    /// <summary>The plugin carries its own copy of the contracts.</summary>
    public const string OwnContracts = "PP0306";

    /// <summary>A native library is not found.</summary>
    public const string NativeLibraryMissing = "PP0307";

    /// <summary>A type or member that the plugin was compiled with is not there.</summary>
    public const string MemberMissing = "PP0308";

    /// <summary>The constructor of the entry type threw.</summary>
    public const string ConstructorThrew = "PP0401";

    /// <summary>Register threw.</summary>
    public const string RegisterThrew = "PP0402";

    /// <summary>Register added something that cannot be a contribution.</summary>
    public const string RegistrationNotAllowed = "PP0403";

    /// <summary>Making the object that does the work threw.</summary>
    public const string CreationThrew = "PP0404";

    /// <summary>What was registered is not what the manifest says.</summary>
    public const string ManifestLies = "PP0501";

    /// <summary>What was made is not what its kind demands.</summary>
    public const string WrongService = "PP0502";

    /// <summary>The plugin threw while it worked.</summary>
    public const string WorkThrew = "PP0503";

    /// <summary>A score is not a finite number.</summary>
    public const string ScoreNotFinite = "PP0504";

    /// <summary>There are more or fewer scores than channels.</summary>
    public const string WrongScoreCount = "PP0505";

    /// <summary>Nothing was returned where something was due.</summary>
    public const string NothingReturned = "PP0506";

    /// <summary>Masks do not fit the groups.</summary>
    public const string WrongMask = "PP0507";

    /// <summary>A group or layer is not of the network that was handed in, or is scored twice.</summary>
    public const string StrangeMember = "PP0508";

    /// <summary>A selection rule is out of range.</summary>
    public const string RuleNotAllowed = "PP0509";

    /// <summary>A criterion wrote to the network that it was given to read.</summary>
    public const string NetworkChanged = "PP0510";

    /// <summary>A thread that the plugin started failed.</summary>
    public const string ThreadFailed = "PP0511";

    /// <summary>A criterion took too long over a small network.</summary>
    public const string DoesNotEnd = "PP0512";

    /// <summary>Two plugins contribute one name.</summary>
    public const string NameConflict = "PP0601";

    /// <summary>One plugin is there twice in the same version.</summary>
    public const string SamePluginTwice = "PP0602";

    /// <summary>A higher version of the plugin is used.</summary>
    public const string Superseded = "PP0603";

    /// <summary>No plugin contributes the name.</summary>
    public const string NameUnknown = "PP0604";

    /// <summary>An option bears the name of one of the host's own.</summary>
    public const string OptionTaken = "PP0605";
}
