using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Images;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;
using PluginPrune.CriterionBn;
using PluginPrune.EngineManaged;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

namespace PluginPrune.Folding;

/// <summary>Prunes a network once in every way of folding and recalibration, and measures what each leaves of its outputs.</summary>
internal sealed class FoldingComparison : IDisposable
{
    private const int BatchSize = 8;

    private readonly IEngine _engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");
    private readonly Network _network;
    private readonly IExecutable<float> _whole;
    private List<Batch<float>> _seen = [];
    private List<Batch<float>> _heldOut = [];

    public FoldingComparison(string cfg, string weights)
    {
        _network = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet").Read(
            new ModelSource(Path.GetFullPath(cfg), Path.GetFullPath(weights), static _ => { }), CancellationToken.None);
        _whole = _engine.Compile(_network);
    }

    public void Dispose() => _whole.Dispose();

    /// <summary>Reads the first photos of a folder: those that statistics are taken of, then those that are measured on.</summary>
    public void ReadPhotos(string folder, int seen, int heldOut)
    {
        PictureItem[] items =
        [
            .. Directory.GetFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(seen + heldOut)
                .Select(static path => new PictureItem(path, () => File.OpenRead(path))),
        ];
        _seen = Read(items[..seen], BatchSize);
        _heldOut = Read(items[seen..], 1);
    }

    public void Print(string rate, string scope, TextWriter writer)
    {
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_network.Name}, slim {rate}, scope {scope}, statistics of {_seen.Sum(static batch => batch.Size)} photos, outputs on {_heldOut.Count} others"));
        writer.WriteLine("| folding | statistics | parameters | GFLOPs | against masked: inside / ring | change from the original: inside / ring | of what varies | seconds |");
        writer.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        using IExecutable<float> masked = _engine.Compile(FullSizeNetworks.Masked(PlanOf(rate, scope, FoldingMode.Standard)));
        foreach (FoldingMode mode in new[] { FoldingMode.None, FoldingMode.Standard, FoldingMode.Exact })
        {
            PruningPlan plan = PlanOf(rate, scope, mode);
            Network small = NetworkSurgeon.Apply(plan, CancellationToken.None).Network;
            var cost = NetworkCost.Of(small);
            Row(mode, "as they were", small, masked);
            Row(mode, "all photos together", small, null, network => new BatchNormRecalibrator(_engine).Recalibrate(network, _seen, CancellationToken.None).Network);
            Row(mode, "all photos, matched to the original's", small, null, network => new BatchNormRecalibrator(_engine)
                .Match(network, plan, OriginalMoments.Of(_engine, _network, _seen, CancellationToken.None), _seen, CancellationToken.None).Network);
            Row(mode, $"of batches of {BatchSize}, averaged", small, null, InTrainMode);

            void Row(FoldingMode folding, string statistics, Network network, IExecutable<float>? reference, Func<Network, Network>? recalibrate = null)
            {
                long start = Stopwatch.GetTimestamp();
                Network measured = recalibrate?.Invoke(network) ?? network;
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                OutputError change = Compare(_whole, measured);
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {FoldingModes.NameOf(folding)} | {statistics} | {cost.Parameters:N0} | {cost.Gflops:0.000} | {(reference is null ? string.Empty : Compare(reference, measured))} | {change} | {change.OfWhatVaries:P1} | {(recalibrate is null ? string.Empty : seconds.ToString("0.0", CultureInfo.InvariantCulture))} |"));
            }
        }
    }

    /// <summary>As EagleEye does it: every batch is normalized by its own statistics, and those are averaged.</summary>
    private Network InTrainMode(Network network)
    {
        Network[] ofBatches = [.. _seen.Select(batch => new BatchNormRecalibrator(_engine).Recalibrate(network, [batch], CancellationToken.None).Network)];
        return network.With(
            network.Nodes.Select(node => node.Operation is BatchNorm norm
                ? node with { Operation = norm with { Mean = Mean(node, static each => each.Mean), Variance = Mean(node, static each => each.Variance) } }
                : node),
            network.Heads);

        Tensor Mean(Node node, Func<BatchNorm, Tensor> tensorOf)
        {
            Tensor[] tensors = [.. ofBatches.Select(each => tensorOf((BatchNorm)each[node.Id].Operation))];
            return tensors[0].WithFloats([.. Enumerable.Range(0, tensors[0].Count).Select(i => tensors.Average(tensor => tensor.Floats[i]))]);
        }
    }

    private PruningPlan PlanOf(string rate, string scope, FoldingMode mode) =>
        new PlanMaker(new PruningServices((_, _) => throw new InvalidOperationException("No other criterion is asked for."))).Make(
            _network,
            new PlanRequest
            {
                Criterion = PluginFactory.Create<BatchNormPlugin, IPruningCriterion>("slim", ("global-percent", rate)),
                Scope = scope == "scripts" ? PruningScope.Scripts : PruningScope.Full,
                Folding = mode,
            },
            CancellationToken.None).Plan;

    private OutputError Compare(IExecutable<float> reference, Network network)
    {
        using IExecutable<float> executable = _engine.Compile(network);
        var error = new OutputError();
        foreach (Batch<float> photo in _heldOut)
        {
            ImmutableArray<string> outputs = _network.Outputs;
            error.Add(reference.Run([photo], outputs, CancellationToken.None), executable.Run([photo], outputs, CancellationToken.None));
        }

        return error;
    }

    private List<Batch<float>> Read(PictureItem[] items, int batchSize)
    {
        NetworkInput input = _network.Inputs[0];
        var pipeline = new PicturePipeline(new PicturePipelineOptions
        {
            Preprocessing = input.Preprocessing,
            InputSize = new PictureSize(input.Shape.Width, input.Shape.Height),
            BatchSize = batchSize,
        });
        return [.. pipeline.Read(items, CancellationToken.None).Select(static batch => new Batch<float>(batch.Input.Size, batch.Input.Shape, [.. batch.Input.Elements]))];
    }
}
