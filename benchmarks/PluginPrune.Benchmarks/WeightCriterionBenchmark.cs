using BenchmarkDotNet.Attributes;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;
using PluginPrune.CriterionGroupNorm;
using PluginPrune.CriterionNorm;
using PluginPrune.CriterionSubspace;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

namespace PluginPrune.Benchmarks;

/// <summary>The scores of all channel groups of yolov3 (61.9 million weights) by criteria that look at weights. May take 0.3 s, subspace 1 s.</summary>
public class WeightCriterionBenchmark
{
    private PruningContext _context = null!;
    private IPruningCriterion _criterion = null!;

    [Params("l1", "l2", "fpgm", "random", "group-norm", "subspace")]
    public string Criterion { get; set; } = string.Empty;

    [GlobalSetup]
    public void Prepare()
    {
        string folder = Directory.CreateTempSubdirectory("pluginprune-").FullName;
        try
        {
            string cfg = Path.Combine(folder, "yolov3.cfg");
            File.WriteAllText(cfg, YoloCfg.V3());
            string weights = Path.Combine(folder, "yolov3.weights");
            SyntheticWeights.Write(cfg, weights);
            IModelFormat format = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet");
            Network network = format.Read(new ModelSource(cfg, weights, static _ => { }), CancellationToken.None);
            var services = new PruningServices(static (_, _) => throw new NotSupportedException());
            _context = new PruningContext(network, NetworkAnalysis.Of(network, Contracts.Groups.PruningScope.Full).Groups, services);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        _criterion = Criterion switch
        {
            "group-norm" => PluginFactory.Create<GroupNormPlugin, IPruningCriterion>(Criterion),
            "subspace" => PluginFactory.Create<SubspacePlugin, IPruningCriterion>(Criterion, ("coupling", "union")),
            _ => PluginFactory.Create<NormPlugin, IPruningCriterion>(Criterion),
        };
    }

    [Benchmark]
    public int Decide() => _criterion.Decide(_context, CancellationToken.None).Scores.Length;
}
