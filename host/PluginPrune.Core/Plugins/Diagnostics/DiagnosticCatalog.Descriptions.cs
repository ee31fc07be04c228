namespace PluginPrune.Core.Plugins;

/// <content>One description for each code.</content>
public static partial class DiagnosticCatalog
{
    private const string Rebuild = "Author: rebuild the plugin, which writes its manifest. User: install it again.";
    private const string Reinstall = "Install the plugin again, all files that 'dotnet publish' writes.";
    private const string Report = "Report it to the plugin's author; use another plugin until then.";

    private static readonly Dictionary<string, DiagnosticDescription> Descriptions = new(StringComparer.Ordinal)
    {
        [DiagnosticCodes.ManifestUnreadable] = new(
            "plugin.json cannot be opened or is too large",
            "The file may not be read by this user, or holds more than a manifest can.",
            "Check the file's rights, or install the plugin again."),
        [DiagnosticCodes.ManifestNotJson] = new(
            "plugin.json is not JSON",
            "The file was cut short, or edited by hand and a comma or quote went wrong, or it is no file but a pipe or a device.",
            Rebuild),
        [DiagnosticCodes.ManifestKeyMissing] = new("A key that every manifest has is missing", "The manifest was written by hand or by another tool.", Rebuild),
        [DiagnosticCodes.ManifestWrongType] = new("A value is of another type than it must be", "For instance a number stands where a text must.", Rebuild),
        [DiagnosticCodes.ManifestValueNotAllowed] = new(
            "A value is of the right type and not allowed",
            "For instance a name that is not in kebab-case, or a version that is not SemVer.",
            Rebuild),
        [DiagnosticCodes.ManifestUnknownKey] = new(
            "A key that this host does not know",
            "The manifest is for a newer host, or the key is misspelt. A warning: the plugin is used.",
            "Correct the spelling, or update the host."),
        [DiagnosticCodes.ManifestVersionUnknown] = new(
            "The manifest is of a version that this host cannot read", "The plugin was made for a newer host.", "Update the host, or install an older version of the plugin."),
        [DiagnosticCodes.ManifestKeyTwice] = new("A key stands twice in one object", "The manifest was edited by hand; which of the two counts is anybody's guess.", "Remove one of the two."),
        [DiagnosticCodes.RootUnusable] = new(
            "A folder of plugins that was asked for is not there, cannot be read or is not looked into",
            "--plugins or $PLUGINPRUNE_PLUGINS names it; relative paths in the variable are ignored because they mean another folder everywhere.",
            "Correct the path, give it in full, or check the folder's rights."),
        [DiagnosticCodes.ContractsRange] = new(
            "The manifest asks for contracts that this host does not have",
            "The plugin was built on contracts of another major version or a newer minor one; before 1.0 every minor version is another.",
            "Update whichever is older: the host, or the plugin."),
        [DiagnosticCodes.ContractsReference] = new(
            "The compiled plugin refers to contracts that this host does not have",
            "As PP0101, and the manifest hides it: the assembly was exchanged, or the manifest edited.",
            "Update whichever is older: the host, or the plugin."),
        [DiagnosticCodes.EntryAssemblyMissing] = new("The entry assembly is not there", "The manifest names a file that is not in the plugin's folder, or that may not be read.", Reinstall),
        [DiagnosticCodes.EntryAssemblyCorrupt] = new("The entry assembly is not a .NET assembly, or is damaged", "The file was cut short, or is for another platform.", Reinstall),
        [DiagnosticCodes.EntryTypeUnusable] = new(
            "The entry type is not there or cannot be an entry",
            "It must be a public class with a constructor without parameters that implements IPlugin, in an assembly that refers to the contracts.",
            Rebuild),
        [DiagnosticCodes.NewerFramework] = new(
            "The plugin is built for a newer .NET", "The assembly's target framework is above the one that the host runs on.", "Install that .NET and a host for it, or a version of the plugin for this one."),
        [DiagnosticCodes.AssemblyRefused] = new(
            "The runtime refused an assembly", "A file of the plugin is damaged, for another processor, or not what its name says.", "Install the plugin again; check that it is for this system."),
        [DiagnosticCodes.DependencyMissing] = new(
            "A dependency is not in the plugin's folder",
            "The plugin was copied from a build's output without its libraries, or its deps.json does not list one.",
            Reinstall),
        [DiagnosticCodes.HostPrivateAssembly] = new(
            "The plugin reached for an assembly that is the host's own",
            "The host uses the library too and does not lend it: its version may change any day.",
            "Author: publish the plugin with its own copy, of any version; it does not meet the host's."),
        [DiagnosticCodes.OutsideFolder] = new(
            "A file of the plugin lies outside its folder",
            "A link or a path with '..' leads out of the folder, in the manifest, in deps.json or in the name of a native library.",
            "Copy the file into the folder; a plugin brings all that it needs."),
        [DiagnosticCodes.DependencyListCorrupt] = new(
            "The list of dependencies is damaged", "The deps.json beside the entry assembly is not one. The runtime would end the process over it, so it is read before.", Reinstall),
        [DiagnosticCodes.OwnContracts] = new(
            "The plugin carries its own copy of the contracts",
            "A copy lies in the folder. It is never loaded: types of two copies would be different types. A warning: the plugin is used.",
            "Author: refer to the contracts with Private=\"false\" and ExcludeAssets=\"runtime\"."),
        [DiagnosticCodes.NativeLibraryMissing] = new(
            "A native library is not found",
            "It is neither in the plugin's folder, nor under runtimes/RID/native there, nor where the system keeps its own; or it lacks the function that is called.",
            "Install the library that the plugin's description names, or the plugin again."),
        [DiagnosticCodes.MemberMissing] = new(
            "A type or member that the plugin was compiled with is not there",
            "A dependency in the folder is of another version than the one the plugin was compiled with.",
            "Install a version of the plugin built for this host's contracts, with its dependencies."),
        [DiagnosticCodes.ConstructorThrew] = new("The constructor of the entry type threw", "The message tells what.", Report),
        [DiagnosticCodes.RegisterThrew] = new("Register threw", "The message tells what.", Report),
        [DiagnosticCodes.RegistrationNotAllowed] = new(
            "Register added something that cannot be a contribution", "It added null, one name twice, or a name that is not in kebab-case.", Report),
        [DiagnosticCodes.CreationThrew] = new("Making the object that does the work threw", "The factory that the plugin registered failed; the message tells with what.", Report),
        [DiagnosticCodes.ManifestLies] = new(
            "What was registered is not what the manifest says", "The manifest was edited, or belongs to another build of the plugin.", Rebuild),
        [DiagnosticCodes.WrongService] = new("What was made is not what its kind demands", "The factory returned null, or an object of another interface.", Report),
        [DiagnosticCodes.WorkThrew] = new("The plugin threw while it worked", "The message tells what it did and what it threw.", Report),
        [DiagnosticCodes.ScoreNotFinite] = new(
            "A score is not a finite number", "NaN or an infinity, often from a division by zero or a logarithm of it; it has no place in an order.", Report),
        [DiagnosticCodes.WrongScoreCount] = new(
            "There are more or fewer scores than channels", "One is wanted for each of GroupMember.Channels, which may be fewer than the layer's channels.", Report),
        [DiagnosticCodes.NothingReturned] = new("Nothing was returned where something was due", "Null, a list that was never made, or fewer values than were asked for.", Report),
        [DiagnosticCodes.WrongMask] = new("Masks do not fit the groups", "One mask is wanted for each group of the context, as long as the group.", Report),
        [DiagnosticCodes.StrangeMember] = new(
            "A group or layer is not of the network that was handed in, or is scored twice", "Groups and members are told apart by reference: hand back those of the context.", Report),
        [DiagnosticCodes.RuleNotAllowed] = new("A selection rule is out of range", "A rate or floor that is not from 0 to 1, or a range or coupling that this host does not know.", Report),
        [DiagnosticCodes.NetworkChanged] = new(
            "A criterion wrote to the network that it was given to read",
            "Networks are shared and immutable; the plugin went round the type system, and what it cuts would no longer be the user's network. "
            + "Compared before and after deciding are vectors (batch norms, biases) in whole and the first 64 bytes of every filter.",
            Report),
        [DiagnosticCodes.ThreadFailed] = new(
            "A thread that the plugin started failed",
            "Nobody caught what was thrown there. The run is stopped as by Ctrl+C, so that nothing half-done is written.",
            "Author: catch on the thread, and throw where the host waits. User: report it to the plugin's author."),
        [DiagnosticCodes.DoesNotEnd] = new(
            "A criterion took too long over a small network",
            "'host plugin doctor' tries every criterion on a network of four layers and gives it five seconds.",
            "Report it to the plugin's author. In a run Ctrl+C ends it, whether it listens or not."),
        [DiagnosticCodes.NameConflict] = new(
            "Two plugins contribute one name", "Names are the plugins' own choice; both can be used by their full names.", "Say publisher.plugin/name, or remove one of the plugins."),
        [DiagnosticCodes.SamePluginTwice] = new(
            "One plugin is there twice in the same version", "Two folders hold it; the one that is found first is used.", "Remove one of the two folders."),
        [DiagnosticCodes.Superseded] = new(
            "A higher version of the plugin is used", "Several versions are installed side by side. For information.", "Remove those that nobody needs."),
        [DiagnosticCodes.NameUnknown] = new(
            "No plugin contributes the name", "It is misspelt, its plugin is not installed, or its plugin cannot be used; then that plugin's fault is shown first.", "Choose one of the names in the message; 'host plugin doctor' shows what was found."),
        [DiagnosticCodes.OptionTaken] = new(
            "An option bears the name of one of the host's own",
            "On the command line the name means the host's option. A warning: the plugin is used.",
            "Give it in full: --set NAME.OPTION=VALUE. Author: choose another name, or add an alias."),
    };
}
