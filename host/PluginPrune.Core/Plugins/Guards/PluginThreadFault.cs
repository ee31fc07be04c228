using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace PluginPrune.Core.Plugins;

/// <summary>What a plugin threw on a thread that it started itself, where no guard stands.</summary>
public static class PluginThreadFault
{
    /// <summary>Finds out whose code threw.</summary>
    /// <param name="thrown">What nobody caught.</param>
    /// <returns>A diagnostic that names the plugin, or null where no plugin's code is among the frames.</returns>
    public static PluginDiagnostic? Diagnose(Exception thrown)
    {
        ArgumentNullException.ThrowIfNull(thrown);
        for (Exception? fault = thrown; fault is not null; fault = fault.InnerException)
        {
            if (OwnerOf(fault) is { } plugin)
            {
                return PluginFault.Diagnose(thrown, plugin.Id, plugin.EntryPath, DiagnosticCodes.ThreadFailed, "A thread that the plugin started");
            }
        }

        return null;
    }

    private static PluginEntry? OwnerOf(Exception fault)
    {
        foreach (StackFrame frame in new StackTrace(fault).GetFrames())
        {
            if (frame.GetMethod()?.Module.Assembly is Assembly assembly && AssemblyLoadContext.GetLoadContext(assembly) is PluginLoadContext context)
            {
                return context.Plugin;
            }
        }

        return null;
    }
}
