using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.CriterionBn;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Golden;

/// <summary>YOLOv3 and YOLOv3-tiny with the synthetic weights that the golden runs are made with.</summary>
public sealed class GoldenModels : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-golden-").FullName;
    private readonly Lazy<Network> _v3;
    private readonly Lazy<Network> _tiny;

    public GoldenModels()
    {
        _v3 = new(() => Read("yolov3", YoloCfg.V3()));
        _tiny = new(() => Read("yolov3-tiny", YoloCfg.V3Tiny()));
    }

    public Network V3 => _v3.Value;

    public Network Tiny => _tiny.Value;

    public string WeightsOfV3
    {
        get
        {
            _ = V3;
            return Path.Combine(_folder, "yolov3.weights");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A plan in the scope of the Python scripts.</summary>
    internal static PlanResult Plan(Network network, string? criterion, int blocks, params (string Name, string Value)[] options)
    {
        var services = new PruningServices((_, _) => throw new InvalidOperationException("No criterion is asked for here."));
        var request = new PlanRequest
        {
            Criterion = criterion is null ? null : PluginFactory.Create<BatchNormPlugin, IPruningCriterion>(criterion, options),
            Blocks = blocks,
            BlockCriterion = PluginFactory.Create<BatchNormPlugin, IBlockCriterion>("bn-mean"),
            Scope = PruningScope.Scripts,
        };
        return new PlanMaker(services).Make(network, request, CancellationToken.None);
    }

    private Network Read(string name, string cfg)
    {
        string cfgPath = Path.Combine(_folder, name + ".cfg");
        string weightsPath = Path.Combine(_folder, name + ".weights");
        File.WriteAllText(cfgPath, cfg);
        SyntheticWeights.Write(cfgPath, weightsPath);
        return PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet").Read(new ModelSource(cfgPath, weightsPath, static _ => { }), CancellationToken.None);
    }
}
