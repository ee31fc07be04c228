using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Plugins;

/// <summary>Asks the engines of a plugin what they run on.</summary>
internal static class EngineTrial
{
    /// <returns>One report for each engine that answered, and what went wrong with the others.</returns>
    public static (ImmutableArray<EngineReport> Engines, ImmutableArray<PluginDiagnostic> Faults) Run(PluginHost host, PluginManifest manifest)
    {
        var engines = ImmutableArray.CreateBuilder<EngineReport>();
        var faults = ImmutableArray.CreateBuilder<PluginDiagnostic>();
        foreach (ContributionInfo contribution in manifest.Contributions.Where(static contribution => contribution.Kind == ContributionKind.Engine))
        {
            try
            {
                IEngine engine = host.Create<IEngine>(contribution.Kind, contribution.FullName, ImmutableDictionary<string, string>.Empty).GetOrThrow();
                if (engine is IDescribedEngine described)
                {
                    engines.Add(new EngineReport(contribution.Name, described.Describe(), null));
                }
            }
            catch (EngineUnavailableException missing)
            {
                engines.Add(new EngineReport(contribution.Name, null, missing.Message));
            }
            catch (PluginException fault)
            {
                faults.AddRange(fault.Diagnostics);
            }
        }

        return (engines.ToImmutable(), faults.ToImmutable());
    }
}
