using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>A folder of plugins that a test fills with copies of the fixtures and may spoil as it likes.</summary>
internal sealed class PluginSandbox : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("pluginprune-").FullName;

    public PluginSandbox() => Root = Directory.CreateDirectory(Path.Combine(_parent, "plugins")).FullName;

    public string Root { get; }

    /// <summary>A place that no plugin's folder holds.</summary>
    public string Outside => Directory.CreateDirectory(Path.Combine(Root, "..", "outside")).FullName;

    public static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", "Fixtures." + name);

    /// <summary>Copies a fixture.</summary>
    public string Add(string fixture, string? folder = null, Action<JsonObject>? edit = null)
    {
        string target = AddFiles(fixture, folder ?? fixture);
        if (edit is not null)
        {
            Edit(target, edit);
        }

        return target;
    }

    /// <summary>Copies the fixture of bad behaviour, with a manifest that names one of its classes and promises criteria.</summary>
    public string AddEvil(string entryType, params string[] criteria) => AddEvilTo("evil-" + entryType, entryType, criteria);

    /// <summary>The same into a folder of another name.</summary>
    public string AddEvilTo(string name, string entryType, params string[] criteria)
    {
        string folder = AddFiles("Evil", name);
        File.WriteAllText(Path.Combine(folder, ManifestReader.FileName), Manifest(entryType, criteria).ToJsonString());
        return folder;
    }

    public static JsonObject Manifest(string entryType, params string[] criteria) => new()
    {
        ["manifestVersion"] = 1,
        ["id"] = "fixtures.evil",
        ["version"] = "0.1.0",
        ["description"] = "Misbehaves",
        ["license"] = "MIT",
        ["contracts"] = "0.1",
        ["entry"] = new JsonObject { ["assembly"] = "Fixtures.Evil.dll", ["type"] = "Fixtures.Evil." + entryType },
        ["contributes"] = new JsonObject
        {
            ["criteria"] = new JsonArray([.. criteria.Select(name => new JsonObject { ["name"] = name, ["summary"] = "Misbehaves" })]),
        },
    };

    public static void Edit(string folder, Action<JsonObject> edit)
    {
        string file = Path.Combine(folder, ManifestReader.FileName);
        JsonObject manifest = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        edit(manifest);
        File.WriteAllText(file, manifest.ToJsonString());
    }

    public PluginHost Host(params string[] roots) => new(Catalog(roots));

    public PluginCatalog Catalog(params string[] roots)
    {
        ImmutableArray<PluginRoot> all = [.. (roots.Length == 0 ? [Root] : roots).Select(path => new PluginRoot(path, PluginRootKind.CommandLine))];
        return PluginCatalog.Discover(new PluginRoots(all, []));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private string AddFiles(string fixture, string folder)
    {
        string target = Directory.CreateDirectory(Path.Combine(Root, folder)).FullName;
        foreach (string file in Directory.EnumerateFiles(Fixture(fixture)))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return target;
    }
}
