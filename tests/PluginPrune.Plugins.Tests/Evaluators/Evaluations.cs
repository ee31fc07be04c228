using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Evaluation;
using PluginPrune.EngineManaged;
using PluginPrune.FormatDarknet;
using PluginPrune.HeadYolo;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Evaluators;

/// <summary>What evaluators are given, made of the real plugins.</summary>
internal static class Evaluations
{
    public static IHead FindHead(string kind) => PluginFactory.Create<HeadYoloPlugin, IHead>(kind);

    public static IEngine Engine() => PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    public static EvaluationServices Services(BadPictures? bad = null) => new(FindHead, bad);

    /// <summary>A network of the shared folder with its class names.</summary>
    public static Network ReadShared(string name, string classNames) =>
        Read(SharedData.PathOf($"data/{name}.cfg"), SharedData.PathOf($"data/{name}.weights"), File.ReadAllLines(SharedData.PathOf($"data/{classNames}")));

    /// <summary>The sample with generated weights: it finds something on any picture, which the trained one does not.</summary>
    public static Network ReadSample()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "cfg", "sample.cfg")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        string cfg = Path.Combine(folder, "cfg", "sample.cfg");
        string weights = Path.GetTempFileName();
        try
        {
            SyntheticWeights.Write(cfg, weights);
            return Read(cfg, weights, []);
        }
        finally
        {
            File.Delete(weights);
        }
    }

    public static Network Read(string cfg, string weights, IEnumerable<string> names)
    {
        // OpenCV's and Debian darknet's.
        IModelFormat format = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet", ("bn-eps", "1e-6"));
        Network network = format.Read(new ModelSource(cfg, weights, static _ => { }), CancellationToken.None);
        return new Network(network.Name, network.Inputs, network.Nodes, network.Heads) { ClassNames = [.. names.Where(static name => name.Length > 0)] };
    }

    public static EvaluationSubject Subject(Network network, string name = "it") => new(name, network, Engine());

    public static EvaluationContext Context(Dataset? dataset, List<string>? warnings, params EvaluationSubject[] subjects) =>
        new([.. subjects], Services()) { Dataset = dataset, Warn = text => warnings?.Add(text) };

    public static DatasetItem Item(string name, byte[] file, params ObjectLabel[] labels) =>
        new(name, () => new MemoryStream(file), [.. labels]);

    public static double Metric(this EvaluationResult result, string name) => result.Metrics.Single(metric => metric.Name == name).Value;
}
