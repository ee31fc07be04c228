using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Plugins;

/// <summary>Loads a plugin: checks its files, creates its one entry type, lets it register, and compares that with its manifest.</summary>
public static class PluginActivator
{
    private const string AuthorsFault = "This is a fault of the plugin: report it to its author.";

    /// <summary>Loads a plugin. What the plugin throws comes back as a diagnostic.</summary>
    /// <param name="plugin">One with a manifest.</param>
    public static PluginActivation Activate(PluginEntry plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        long start = Stopwatch.GetTimestamp();
        ImmutableArray<PluginDiagnostic> diagnostics = PluginPreflight.Check(plugin);
        LoadedPlugin? loaded = null;
        if (!diagnostics.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            try
            {
                loaded = Load(plugin);
            }
            catch (PluginException fault)
            {
                diagnostics = diagnostics.AddRange(fault.Diagnostics);
            }
        }

        return new PluginActivation(loaded, diagnostics, Stopwatch.GetElapsedTime(start));
    }

    /// <exception cref="PluginException">Anything that went wrong.</exception>
    private static LoadedPlugin Load(PluginEntry plugin)
    {
        var context = new PluginLoadContext(plugin);
        Type type = Guard(plugin, DiagnosticCodes.AssemblyRefused, "The entry assembly", () => FindType(plugin, context));
        if (!typeof(IPlugin).IsAssignableFrom(type))
        {
            throw new PluginException(PluginPreflight.EntryTypeUnusable(plugin, "does not implement IPlugin"), cause: null);
        }

        if (type.ContainsGenericParameters || type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new PluginException(PluginPreflight.EntryTypeUnusable(plugin, "has no public constructor without parameters"), cause: null);
        }

        var instance = (IPlugin)Guard(plugin, DiagnosticCodes.ConstructorThrew, $"The constructor of {type.FullName}", () => Activator.CreateInstance(type)!);
        var registry = new CheckingRegistry();
        Guard(plugin, DiagnosticCodes.RegisterThrew, $"{type.FullName}.Register", () =>
        {
            instance.Register(registry);
            return true;
        });

        if (registry.Fault is { } fault)
        {
            throw Fail(plugin, DiagnosticCodes.RegistrationNotAllowed, $"{fault}.");
        }

        Compare(plugin, registry.Contributions);
        return new LoadedPlugin(plugin, context, [.. registry.Contributions]);
    }

    private static Type FindType(PluginEntry plugin, PluginLoadContext context)
    {
        Assembly assembly = context.LoadFromAssemblyPath(PluginFolder.RealPath(plugin.EntryPath));
        return assembly.GetType(plugin.Manifest!.EntryType, throwOnError: true)!;
    }

    /// <summary>A manifest that promises more than there is misleads every list; one that promises less hides code.</summary>
    private static void Compare(PluginEntry plugin, List<Contribution> contributions)
    {
        var promised = plugin.Manifest!.Contributions.Select(static info => $"{NameLookup.Word(info.Kind)} '{info.Name}'").ToList();
        var registered = contributions.Select(static contribution => $"{NameLookup.Word(contribution.Kind)} '{contribution.Name}'").ToList();
        string[] missing = [.. promised.Except(registered, StringComparer.Ordinal)];
        string[] hidden = [.. registered.Except(promised, StringComparer.Ordinal)];
        if (missing.Length + hidden.Length > 0)
        {
            string first = missing.Length == 0 ? string.Empty : $" The manifest lists {string.Join(", ", missing)}, which Register does not add.";
            string second = hidden.Length == 0 ? string.Empty : $" Register adds {string.Join(", ", hidden)}, which the manifest does not list.";
            throw new PluginException(
                new PluginDiagnostic(DiagnosticCodes.ManifestLies, DiagnosticSeverity.Error, plugin.Id, Path.Combine(plugin.Folder, ManifestReader.FileName), $"The manifest and the plugin disagree.{first}{second}", "Rebuild the plugin, which writes the manifest from what it registers."),
                cause: null);
        }
    }

    private static T Guard<T>(PluginEntry plugin, string code, string doing, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault)
        {
            // The boundary: whatever a plugin throws is its own failure and not the host's.
            throw new PluginException(PluginFault.Diagnose(fault, plugin.Id, plugin.EntryPath, code, doing), fault);
        }
    }

    private static PluginException Fail(PluginEntry plugin, string code, string message) =>
        new(new PluginDiagnostic(code, DiagnosticSeverity.Error, plugin.Id, plugin.EntryPath, message, AuthorsFault), cause: null);
}
