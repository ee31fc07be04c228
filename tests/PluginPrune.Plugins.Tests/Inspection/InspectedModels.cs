using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Inspection;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.CriterionBn;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Inspection;

/// <summary>Real networks, inspected with the plugins that come with the host.</summary>
internal static class InspectedModels
{
    public static PruningServices Services { get; } = new(static (_, _) => throw new InvalidOperationException("No criterion is asked for here."));

    public static string SampleCfg { get; } = Path.Combine(FindRepository(), "cfg", "sample.cfg");

    public static Network Sample() => Read(SampleCfg);

    public static Network Read(string cfg, string? weights = null) => PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet")
        .Read(new ModelSource(cfg, weights, static _ => { }), CancellationToken.None);

    /// <summary>A cfg without weights of its own, with synthetic ones.</summary>
    public static Network ReadSynthetic(string cfg)
    {
        string weights = Path.GetTempFileName();
        try
        {
            SyntheticWeights.Write(cfg, weights);
            return Read(cfg, weights);
        }
        finally
        {
            File.Delete(weights);
        }
    }

    public static NetworkInspection Inspect(Network network, PruningPlan? plan = null) => NetworkInspector.Inspect(network, plan, CancellationToken.None);

    public static Forecast Forecast(NetworkInspection inspection, string criterion = "slim") => new Forecaster(Services).Make(
        inspection.Analysis, PluginFactory.Create<BatchNormPlugin, IPruningCriterion>(criterion), seed: 0, CancellationToken.None);

    public static PruningPlan Slim(Network network, string percent, int blocks = 0) => new PlanMaker(Services).Make(
        network,
        new PlanRequest
        {
            Criterion = PluginFactory.Create<BatchNormPlugin, IPruningCriterion>("slim", ("global-percent", percent)),
            Blocks = blocks,
            BlockCriterion = PluginFactory.Create<BatchNormPlugin, Contracts.Blocks.IBlockCriterion>("bn-mean"),
        },
        CancellationToken.None).Plan;

    private static string FindRepository()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PluginPrune.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
