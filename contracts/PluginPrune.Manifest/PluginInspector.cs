using System.Reflection;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Manifest;

/// <summary>Finds a built plugin's one entry class, runs its Register and describes what it said.</summary>
internal static class PluginInspector
{
    /// <exception cref="ManifestFault">The author has to change something.</exception>
    public static PluginDescription Inspect(string path)
    {
        Assembly assembly = new AuthorLoadContext(path).LoadFromAssemblyPath(path);
        Type type = FindEntry(assembly);
        PluginAttribute attribute = type.GetCustomAttribute<PluginAttribute>()!;
        DescriptionRules.Check(attribute, type);

        var registry = new RecordingRegistry();
        Create(type).Register(registry);
        return new PluginDescription(
            attribute,
            VersionOf(assembly),
            RangeOf(assembly),
            Path.GetFileName(path),
            type.FullName!,
            DescriptionRules.Describe(registry.Contributions, type));
    }

    private static Type FindEntry(Assembly assembly)
    {
        Type[] entries = [.. assembly.GetTypes().Where(static type => type.IsDefined(typeof(PluginAttribute), inherit: false))];
        if (entries.Length != 1)
        {
            string found = entries.Length == 0 ? "none" : string.Join(", ", entries.Select(static type => type.FullName));
            throw new ManifestFault("PPM001", $"A plugin has exactly one class with [Plugin]; found {found}. Put [Plugin(\"publisher.name\", ...)] on one public class that implements IPlugin.");
        }

        Type entry = entries[0];
        if (!entry.IsVisible || entry.IsAbstract || entry.ContainsGenericParameters || !typeof(IPlugin).IsAssignableFrom(entry))
        {
            throw new ManifestFault("PPM002", $"{entry.FullName} has [Plugin] and cannot be the entry. Make it a public class that is neither abstract nor generic and implements IPlugin.");
        }

        return entry.GetConstructor(Type.EmptyTypes) is null
            ? throw new ManifestFault("PPM003", $"{entry.FullName} has no public constructor without parameters. Add one: the host creates the plugin by it.")
            : entry;
    }

    private static IPlugin Create(Type type)
    {
        try
        {
            return (IPlugin)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException wrapper) when (wrapper.InnerException is { } cause)
        {
            throw new ManifestFault("PPM004", $"The constructor of {type.FullName} threw {cause.GetType().Name}: {cause.Message} It should do nothing; Register names the contributions.");
        }
    }

    private static string VersionOf(Assembly assembly)
    {
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? throw new ManifestFault("PPM005", "The assembly has no informational version. Set <Version> in the project.");
        int hash = version.IndexOf('+', StringComparison.Ordinal);
        return hash < 0 ? version : version[..hash];
    }

    /// <summary>The rule of versions: while the major is 0 the same minor, then the same or a later minor.</summary>
    private static string RangeOf(Assembly assembly)
    {
        string contracts = typeof(IPlugin).Assembly.GetName().Name!;
        Version version = assembly.GetReferencedAssemblies().FirstOrDefault(reference => reference.Name == contracts)?.Version
            ?? throw new ManifestFault("PPM006", $"The assembly does not refer to {contracts}.");
        return version.Major == 0 ? $"0.{version.Minor}" : $"^{version.Major}.{version.Minor}";
    }
}
