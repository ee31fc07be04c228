using System.Text.Json;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Plugins;

/// <summary>
/// Looks through a deps.json before the runtime does. The runtime's reader is native code that trusts the file: where a key
/// that it reads is missing or of another type, it ends the process ("basic_string: construction from null").
/// </summary>
internal static class DependencyList
{
    private const int MaximumBytes = 16 << 20;

    private static readonly string[] AssetKinds = ["runtime", "resources", "native", "runtimeTargets"];

    private static readonly JsonDocumentOptions Format = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Says what is wrong with a file, or null where the runtime can read it or there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? FindFault(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        if (OrdinaryFile.LengthOf(file) == 0)
        {
            return OrdinaryFile.NoLength;
        }

        using FileStream stream = File.OpenRead(file);
        if (stream.Length > MaximumBytes)
        {
            return "it is larger than 16 MB";
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(stream, Format);
            return FindFault(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return "it is not JSON: " + fault.Message.TrimEnd('.');
        }
    }

    private static string? FindFault(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("runtimeTarget", out JsonElement target))
        {
            return "it has no runtimeTarget";
        }

        string? name = target.ValueKind == JsonValueKind.String ? target.GetString() : TextOf(target, "name");
        if (name is null)
        {
            return "its runtimeTarget has no name";
        }

        if (ObjectOf(root, "targets") is not { } targets || ObjectOf(targets, name) is not { } packages)
        {
            return $"it has no targets for {name}";
        }

        foreach (JsonProperty package in packages.EnumerateObject())
        {
            if (package.Value.ValueKind != JsonValueKind.Object || !AssetKinds.All(kind => AreAssets(package.Value, kind)))
            {
                return $"its entry of {package.Name} is malformed";
            }
        }

        if (ObjectOf(root, "libraries") is not { } libraries)
        {
            return "it has no libraries";
        }

        foreach (JsonProperty library in libraries.EnumerateObject())
        {
            if (!IsLibrary(library.Value))
            {
                return $"its library {library.Name} is malformed";
            }
        }

        return null;
    }

    private static bool AreAssets(JsonElement package, string kind)
    {
        if (!package.TryGetProperty(kind, out JsonElement assets))
        {
            return true;
        }

        return assets.ValueKind == JsonValueKind.Object
            && assets.EnumerateObject().All(asset =>
                asset.Value.ValueKind == JsonValueKind.Object
                && asset.Value.EnumerateObject().All(static value => value.Value.ValueKind == JsonValueKind.String)
                && (kind != "runtimeTargets" || (TextOf(asset.Value, "rid") is not null && TextOf(asset.Value, "assetType") is not null)));
    }

    private static bool IsLibrary(JsonElement library) =>
        library.ValueKind == JsonValueKind.Object
        && TextOf(library, "type") is not null
        && TextOf(library, "sha512") is not null
        && library.EnumerateObject().All(static value => value.Name == "serviceable"
            ? value.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
            : value.Value.ValueKind == JsonValueKind.String);

    private static string? TextOf(JsonElement parent, string key) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static JsonElement? ObjectOf(JsonElement parent, string key) =>
        parent.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;
}
