using System.Text.Json.Nodes;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>One way for a plugin to be bad, and what the host is to make of it.</summary>
/// <param name="Code">The code, first when it is asked for by name.</param>
/// <param name="Cause">Words that tell the cause.</param>
/// <param name="Remedy">Words that tell the remedy.</param>
internal sealed record Misdeed(string Code, string Cause, string Remedy)
{
    private const string Again = "Install the plugin again";
    private const string Author = "report it to its author";
    private const string Copy = "Copy the file into the folder";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Misdeed> All { get; } = new Dictionary<string, Misdeed>(StringComparer.Ordinal)
    {
        ["older"] = Of("Older", DiagnosticCodes.ContractsRange, "needs contracts 0.0; this host has 0.1", "Install a version of the plugin built for contracts 0.1") with { State = PluginState.Incompatible },
        ["older-hidden"] = Of("Older", DiagnosticCodes.ContractsReference, "compiled with contracts 0.0", "Install a version", manifest => manifest["contracts"] = "0.1") with { State = PluginState.Incompatible },
        ["newer"] = Of("Newer", DiagnosticCodes.ContractsRange, "needs contracts 0.2; this host has 0.1", "Update the host to one with contracts 0.2") with { State = PluginState.Incompatible },
        ["newer-hidden"] = Of("Newer", DiagnosticCodes.ContractsReference, "compiled with contracts 0.2", "Update the host", manifest => manifest["contracts"] = "0.1") with { State = PluginState.Incompatible },
        ["needs-library"] = Evil(DiagnosticCodes.DependencyMissing, "Fixtures.Library (version 0.1.0.0)", Again),
        ["needs-host"] = Evil(DiagnosticCodes.HostPrivateAssembly, "needs PluginPrune.Core, which is not in its folder; the host has one", "Publish the plugin with its own PluginPrune.Core.dll, or use the contracts alone"),
        ["borrower-robbed"] = Of("Borrower", DiagnosticCodes.HostPrivateAssembly, "needs Spectre.Console, which is not in its folder; the host has one", "with its own Spectre.Console.dll", spoil: (_, folder) => File.Delete(Path.Combine(folder, "Spectre.Console.dll"))),
        ["library-of-another-version"] = Of("Second", DiagnosticCodes.MemberMissing, "ThrowLoaded", "Install a version of the plugin", spoil: (_, folder) => File.Copy(Path.Combine(PluginSandbox.Fixture("Good"), "Fixtures.Library.dll"), Path.Combine(folder, "Fixtures.Library.dll"), overwrite: true)) with { Asked = "second-alone" },
        ["needs-native"] = Evil(DiagnosticCodes.NativeLibraryMissing, "fixture_native", "Install the library"),
        ["climbs-out"] = Evil(DiagnosticCodes.OutsideFolder, "../outside/libfixture_native.so", Copy),
        ["native-link"] = Evil(DiagnosticCodes.OutsideFolder, "libfixture_native.so leads to", Copy, "NeedsNative", spoil: (sandbox, folder) => Link(sandbox, folder, "libfixture_native.so")),
        ["entry-outside"] = Evil(DiagnosticCodes.OutsideFolder, "'../outside/Fixtures.Evil.dll' lies outside", "Name a file in the folder", "RegistersNull", manifest => manifest["entry"]!["assembly"] = "../outside/Fixtures.Evil.dll") with { State = PluginState.Invalid },
        ["entry-link"] = Evil(DiagnosticCodes.OutsideFolder, "Fixtures.Evil.dll leads to", Copy, "RegistersNull", spoil: (sandbox, folder) => Link(sandbox, folder, "Fixtures.Evil.dll")),
        ["entry-missing"] = Evil(DiagnosticCodes.EntryAssemblyMissing, "Fixtures.Evil.dll is not in the plugin's folder", Again, "RegistersNull", spoil: (_, folder) => File.Delete(Path.Combine(folder, "Fixtures.Evil.dll"))),
        ["entry-cut"] = Evil(DiagnosticCodes.EntryAssemblyCorrupt, "is damaged", Again, "RegistersNull", spoil: (_, folder) => Cut(Path.Combine(folder, "Fixtures.Evil.dll"))),
        ["list-cut"] = Evil(DiagnosticCodes.DependencyListCorrupt, "Fixtures.Evil.deps.json cannot be used", Again, "RegistersNull", spoil: (_, folder) => Cut(Path.Combine(folder, "Fixtures.Evil.deps.json"))),
        ["key-missing"] = Evil(DiagnosticCodes.ManifestKeyMissing, "entry", "Rebuild", "RegistersNull", manifest => manifest.Remove("entry")) with { State = PluginState.Invalid },
        ["type-missing"] = Evil(DiagnosticCodes.EntryTypeUnusable, "is not in the assembly", "Rebuild the plugin"),
        ["not-a-plugin"] = Evil(DiagnosticCodes.EntryTypeUnusable, "does not implement IPlugin", "Rebuild the plugin"),
        ["still-not-a-plugin"] = Evil(DiagnosticCodes.EntryTypeUnusable, "does not implement IPlugin", "Rebuild the plugin", "StillNotAPlugin"),
        ["abstract-plugin"] = Evil(DiagnosticCodes.EntryTypeUnusable, "is abstract", "Rebuild the plugin"),
        ["hidden-plugin"] = Evil(DiagnosticCodes.EntryTypeUnusable, "is not public", "Rebuild the plugin"),
        ["needs-argument"] = Evil(DiagnosticCodes.EntryTypeUnusable, "no public constructor without parameters", "Rebuild the plugin"),
        ["throws-in-constructor"] = Evil(DiagnosticCodes.ConstructorThrew, "InvalidOperationException: the constructor is broken", Author),
        ["throws-in-static-constructor"] = Evil(DiagnosticCodes.RegisterThrew, "FormatException", Author),
        ["throws-in-register"] = Evil(DiagnosticCodes.RegisterThrew, "NotSupportedException: Register is broken", Author),
        ["registers-null"] = Evil(DiagnosticCodes.RegistrationNotAllowed, "added null", Author),
        ["registers-twice"] = Evil(DiagnosticCodes.RegistrationNotAllowed, "'twice' twice", Author),
        ["lies"] = Evil(DiagnosticCodes.ManifestLies, "criterion 'lies', which Register does not add", "Rebuild the plugin", "ScoresNan"),
        ["cannot-be-made"] = Evil(DiagnosticCodes.CreationThrew, "no criterion today", Author),
        ["is-not-made"] = Evil(DiagnosticCodes.WrongService, "null where an IPruningCriterion is wanted", Author),
        ["decides-null"] = Evil(DiagnosticCodes.NothingReturned, "a decision is wanted", Author),
        ["throws-while-scoring"] = Evil(DiagnosticCodes.WorkThrew, "InvalidOperationException: the work is broken", Author),
        ["times-out"] = Evil(DiagnosticCodes.WorkThrew, "cancelled itself, and nobody had asked it to", Author),
        ["scores-nan"] = Evil(DiagnosticCodes.ScoreNotFinite, "NaN; a finite number is wanted", Author),
        ["scores-infinite"] = Evil(DiagnosticCodes.ScoreNotFinite, "-Infinity; a finite number is wanted", Author),
        ["scores-too-few"] = Evil(DiagnosticCodes.WrongScoreCount, "one for each channel", Author),
        ["scores-too-many"] = Evil(DiagnosticCodes.WrongScoreCount, "one for each channel", Author),
        ["scores-twice"] = Evil(DiagnosticCodes.StrangeMember, "twice; one entry for each layer is wanted", Author),
        ["masks-too-short"] = Evil(DiagnosticCodes.WrongMask, "returned a mask of", Author),
        ["rule-out-of-range"] = Evil(DiagnosticCodes.RuleNotAllowed, "a rate of 1.5", Author),
        ["writes-to-norms"] = Evil(DiagnosticCodes.NetworkChanged, "wrote to the variance of", Author),
        ["writes-to-filters"] = Evil(DiagnosticCodes.NetworkChanged, "wrote to the weight of", Author),
        ["fails-on-thread"] = Evil(DiagnosticCodes.ThreadFailed, "A thread that the plugin started threw InvalidOperationException: the thread is broken", Author),
    };

    /// <summary>What 'host plugin doctor' says of it.</summary>
    public PluginState State { get; private init; } = PluginState.Failed;

    /// <summary>The criterion to ask for, where it is not named as the misdeed.</summary>
    public string? Asked { get; private init; }

    /// <summary>Puts the plugin, named as the misdeed, into a sandbox.</summary>
    public required Action<PluginSandbox, string> Add { get; init; }

    public static string IdOf(string name) => "fixtures." + name;

    private static Misdeed Of(string fixture, string code, string cause, string remedy, Action<JsonObject>? edit = null, Action<PluginSandbox, string>? spoil = null) => new(code, cause, remedy)
    {
        Asked = fixture is "Second" ? null : fixture.ToLowerInvariant(),
        Add = (sandbox, name) =>
        {
            string folder = sandbox.Add(fixture, name, manifest =>
            {
                manifest["id"] = IdOf(name);
                edit?.Invoke(manifest);
            });
            spoil?.Invoke(sandbox, folder);
        },
    };

    /// <param name="entryType">Where it is left out, the misdeed's name in Pascal case.</param>
    private static Misdeed Evil(string code, string cause, string remedy, string? entryType = null, Action<JsonObject>? edit = null, Action<PluginSandbox, string>? spoil = null) => new(code, cause, remedy)
    {
        Add = (sandbox, name) =>
        {
            string folder = sandbox.AddEvilTo(name, entryType ?? string.Concat(name.Split('-').Select(static word => char.ToUpperInvariant(word[0]) + word[1..])), name);
            PluginSandbox.Edit(folder, manifest =>
            {
                manifest["id"] = IdOf(name);
                edit?.Invoke(manifest);
            });
            spoil?.Invoke(sandbox, folder);
        },
    };

    private static void Cut(string file) => File.WriteAllBytes(file, File.ReadAllBytes(file)[..100]);

    private static void Link(PluginSandbox sandbox, string folder, string name)
    {
        string file = Path.Combine(folder, name);
        string outside = Path.Combine(sandbox.Outside, name);
        if (File.Exists(file))
        {
            File.Move(file, outside);
        }
        else
        {
            File.WriteAllText(outside, "never read");
        }

        File.CreateSymbolicLink(file, outside);
    }
}
