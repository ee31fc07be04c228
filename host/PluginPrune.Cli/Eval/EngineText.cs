using System.Globalization;
using PluginPrune.Core.Engines;

namespace PluginPrune.Cli.Eval;

/// <summary>An engine in one line.</summary>
internal static class EngineText
{
    /// <summary>For instance 'torch (libtorch 2.11.0, 2 threads, cpu)'.</summary>
    public static string Of(ChosenEngine engine)
    {
        string threads = engine.Description.Threads == 1 ? "1 thread" : string.Create(CultureInfo.InvariantCulture, $"{engine.Description.Threads} threads");
        string device = engine.Description.Devices is { IsDefaultOrEmpty: false } devices ? $", {devices[0]}" : string.Empty;
        return $"{engine.Name} ({engine.Description.Library}, {threads}{device})";
    }
}
