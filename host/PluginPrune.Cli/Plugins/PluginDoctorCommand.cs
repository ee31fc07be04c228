using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Plugins;

/// <summary>`host plugin doctor`: checks and loads every plugin and says what is wrong with which.</summary>
internal sealed class PluginDoctorCommand : Command
{
    public PluginDoctorCommand(Lazy<PluginHost> plugins, CommonOptions common, Terminal terminal)
        : base("doctor", "Checks and loads every plugin, and says what is wrong and what to do")
    {
        SetAction(result =>
        {
            ImmutableArray<PluginReport> reports = PluginDoctor.Examine(plugins.Value, HostOptions());
            ImmutableArray<PluginDiagnostic> others = plugins.Value.Catalog.Diagnostics;
            if (result.GetValue(common.Json))
            {
                PluginJson.Write(reports, others, terminal.ResultStream);
            }
            else
            {
                Print(reports, others, terminal.Results);
            }

            // A plugin that a newer version replaces is no fault.
            return reports.All(static report => report.State is PluginState.Ok or PluginState.Superseded) ? ExitCodes.Done : ExitCodes.Plugin;
        });
    }

    /// <summary>What stands before a contribution's options where one of them has the same name. An engine is handed the host's --threads.</summary>
    private static IEnumerable<string> HostOptions()
    {
        var options = new PruneOptions();
        return options.All.Where(option => option != options.Engine.Threads).SelectMany(static option => option.Aliases.Append(option.Name)).Concat(new CommonOptions().Spellings);
    }

    private static void Print(ImmutableArray<PluginReport> reports, ImmutableArray<PluginDiagnostic> others, TextWriter writer)
    {
        foreach (PluginReport report in reports)
        {
            string time = report.LoadTime is { } elapsed
                ? string.Create(CultureInfo.InvariantCulture, $", loaded in {elapsed.TotalMilliseconds:0} ms")
                : string.Empty;
            string version = report.Plugin.Manifest is { } manifest ? $" {manifest.Version}" : string.Empty;
            writer.WriteLine($"{report.Plugin.DisplayName}{version}: {PluginListCommand.Lower(report.State)}{time}");
            writer.WriteLine($"  {report.Plugin.Folder}");
            foreach (EngineReport engine in report.Engines)
            {
                writer.WriteLine("  " + Describe(engine));
            }

            foreach (PluginDiagnostic diagnostic in report.Diagnostics)
            {
                Print(diagnostic, writer);
            }
        }

        foreach (PluginDiagnostic diagnostic in others)
        {
            Print(diagnostic, writer);
        }

        int bad = reports.Count(static report => report.State is not (PluginState.Ok or PluginState.Superseded));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reports.Length} plugins, {bad} with faults."));
    }

    private static string Describe(EngineReport engine)
    {
        if (engine.Description is not { } description)
        {
            return $"engine {engine.Name} is not available: {engine.Missing}";
        }

        string path = description.Path is { } file ? $" ({file})" : string.Empty;
        string threads = description.Threads == 1 ? "1 thread" : string.Create(CultureInfo.InvariantCulture, $"{description.Threads} threads");
        string devices = description.Devices.IsDefaultOrEmpty ? string.Empty : $", {string.Join(", ", description.Devices)}";
        return $"engine {engine.Name}: {description.Library}{path}, {threads}{devices}";
    }

    private static void Print(PluginDiagnostic diagnostic, TextWriter writer)
    {
        string line = diagnostic.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $", line {number}") : string.Empty;
        string place = diagnostic.JsonPath is { } path ? $" at {path}{line}" : string.Empty;
        writer.WriteLine($"  {diagnostic.Code} {diagnostic.Title}{place}");
        writer.WriteLine($"    {diagnostic.Message}");
        writer.WriteLine($"    {diagnostic.Remedy}");
    }
}
