using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Plugins;

/// <summary>`host plugin list`: what manifests say; no plugin is loaded.</summary>
internal sealed class PluginListCommand : Command
{
    public PluginListCommand(Lazy<PluginHost> plugins, CommonOptions common, Terminal terminal)
        : base("list", "Lists plugins and what they contribute; loads none of them")
    {
        SetAction(result =>
        {
            PluginCatalog catalog = plugins.Value.Catalog;
            if (result.GetValue(common.Json))
            {
                PluginJson.Write(catalog, terminal.ResultStream);
                return ExitCodes.Done;
            }

            foreach (PluginEntry plugin in catalog.Plugins)
            {
                string version = plugin.Manifest is { } manifest ? $" {manifest.Version}" : string.Empty;
                string state = plugin.State == PluginState.Ok ? string.Empty : $"  [{Lower(plugin.State)}: 'host plugin doctor' says why]";
                terminal.Results.WriteLine($"{plugin.DisplayName}{version}{state}");
                if (plugin.Manifest is null)
                {
                    continue;
                }

                terminal.Results.WriteLine($"  {plugin.Manifest.Description}");
                foreach (ContributionInfo contribution in plugin.Manifest.Contributions)
                {
                    terminal.Results.WriteLine($"  {PluginJson.KindOf(contribution),-16}{contribution.Name,-15} {contribution.Summary}");
                }
            }

            foreach (PluginDiagnostic diagnostic in catalog.Diagnostics)
            {
                terminal.Warn(diagnostic.ToString());
            }

            return ExitCodes.Done;
        });
    }

#pragma warning disable CA1308 // States are shown as plain words.
    internal static string Lower(PluginState state) => state.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
