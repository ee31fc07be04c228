using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Plugins;

/// <summary>Reads plugin.json, and says of every fault where it is and what to do.</summary>
public sealed partial class ManifestReader
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "plugin.json";

    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaximumBytes = 1 << 20;

    private const string Rebuild = "Rebuild the plugin, which writes the file, or install it again.";

    private static readonly string[] Keys =
    [
        "$schema", "manifestVersion", "id", "version", "description", "license", "contracts", "entry", "contributes", "capabilities",
    ];

    private readonly List<PluginDiagnostic> _diagnostics = [];
    private readonly List<(ContributionKind Kind, string Name)> _names = [];
    private readonly string _file;
    private string? _id;

    private ManifestReader(string file) => _file = file;

    /// <summary>Reads a file. Never throws for what is in it, nor for its not being there.</summary>
    /// <param name="file">The path of the plugin.json.</param>
    public static ManifestReading Read(string file)
    {
        var reader = new ManifestReader(file);
        byte[] bytes;
        try
        {
            if (OrdinaryFile.LengthOf(file) == 0)
            {
                return reader.Fail(DiagnosticCodes.ManifestNotJson, $"The manifest holds nothing: {OrdinaryFile.NoLength}.");
            }

            using FileStream stream = File.OpenRead(file);
            if (stream.Length > MaximumBytes)
            {
                return reader.Fail(
                    DiagnosticCodes.ManifestUnreadable,
                    string.Create(CultureInfo.InvariantCulture, $"The manifest has {stream.Length} bytes; {MaximumBytes} are the most that is read."));
            }

            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return reader.Fail(DiagnosticCodes.ManifestUnreadable, $"The manifest cannot be read: {fault.Message}");
        }

        return reader.ReadBytes(bytes);
    }

    /// <summary>Reads a manifest from memory.</summary>
    /// <param name="bytes">UTF-8.</param>
    /// <param name="file">The path to show in diagnostics.</param>
    public static ManifestReading Parse(ReadOnlySpan<byte> bytes, string file) => new ManifestReader(file).ReadBytes(bytes);

    private ManifestReading ReadBytes(ReadOnlySpan<byte> bytes)
    {
        ManifestValue root;
        try
        {
            root = ManifestParser.Parse(bytes);
        }
        catch (JsonException fault)
        {
            return Fail(DiagnosticCodes.ManifestNotJson, $"The manifest is not JSON: {fault.Message}", (int?)fault.LineNumber + 1);
        }

        PluginManifest? manifest = root.Kind == JsonTokenType.StartObject ? ReadManifest(root) : WrongType<PluginManifest>(root, "an object");
        bool isSound = !_diagnostics.Exists(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        // The id may stand after the first fault: in the end every diagnostic bears it.
        return new ManifestReading(
            isSound ? manifest : null,
            [.. _diagnostics.Select(diagnostic => diagnostic with { PluginId = _id })])
        {
            Id = _id,
            Names = [.. _names],
        };
    }

    private PluginManifest? ReadManifest(ManifestValue root)
    {
        if (Required(root, "manifestVersion") is not { } manifestVersion)
        {
            return null;
        }

        if (manifestVersion.Kind != JsonTokenType.Number)
        {
            return WrongType<PluginManifest>(manifestVersion, "the number 1");
        }

        if (manifestVersion.Text != "1")
        {
            // What the other keys mean then is anybody's guess: no further faults are looked for.
            Add(DiagnosticCodes.ManifestVersionUnknown, manifestVersion, $"The manifest is of version {manifestVersion.Text}; this host reads version 1.", "Update the host, or install a version of the plugin for this one.");
            return null;
        }

        string? id = Text(root, "id", static text => PluginNames.IsPluginId(text) ? text : null, "publisher.name, both in kebab-case");
        _id = id;
        SemanticVersion? version = Text(root, "version", SemanticVersion.TryParse, "a semantic version such as 1.2.0");
        string? description = Text(root, "description");
        string? license = Text(root, "license");
        ContractsRange? contracts = Text(root, "contracts", ContractsRange.TryParse, "a range: 0.m or, from 1.0 on, ^M.m");
        (string? assembly, string? type) = ReadEntry(root);
        ImmutableArray<ContributionInfo> contributions = ReadContributions(root, id ?? string.Empty);
        ImmutableArray<string> capabilities = Texts(root, "capabilities");
        CheckKeys(root, Keys);
        if (id is null || version is null || description is null || license is null || contracts is null || assembly is null || type is null)
        {
            return null;
        }

        return new PluginManifest
        {
            Id = id,
            Version = version,
            Description = description,
            License = license,
            Contracts = contracts,
            EntryAssembly = assembly,
            EntryType = type,
            Contributions = contributions,
            Capabilities = capabilities,
        };
    }

    private (string? Assembly, string? Type) ReadEntry(ManifestValue root)
    {
        if (Object(root, "entry", isRequired: true) is not { } entry)
        {
            return (null, null);
        }

        string? assembly = Text(entry, "assembly");
        if (assembly is not null && !PluginFolder.IsRelativeInside(assembly))
        {
            Add(DiagnosticCodes.OutsideFolder, entry.Find("assembly")!, $"The entry assembly '{assembly}' lies outside the plugin's folder.", "Name a file in the folder; a plugin brings all that it needs.");
        }

        string? type = Text(entry, "type");
        CheckKeys(entry, ["assembly", "type"]);
        return (assembly, type);
    }
}
