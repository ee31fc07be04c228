using System.Diagnostics;
using System.Globalization;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;
using PluginPrune.EngineManaged;
using PluginPrune.EngineOnnxRuntime;
using PluginPrune.EngineTorch;
using PluginPrune.EvaluationRunner;
using PluginPrune.FormatDarknet;
using PluginPrune.FormatOnnx;
using PluginPrune.HeadYolo;
using PluginPrune.TestKit;

// Times the engine alone and a whole evaluation up to the detections, in turns of 50 pictures; prints a row of a table.
if (args is not [var engineName, var cfg, var weights, var folder, var count, var prior])
{
    Console.Error.WriteLine("evaluation-runner managed|onnxruntime|torch CFG WEIGHTS FOLDER PICTURES OBJECTNESS");
    return 2;
}

const int PicturesPerTurn = 50;
IEngine engine = engineName switch
{
    "managed" => PluginFactory.Create<ManagedEnginePlugin, IEngine>(engineName),
    "onnxruntime" => PluginFactory.Create<OnnxRuntimePlugin, IEngine>(engineName, new PluginServices(new OnnxPlugin())),
    "torch" => PluginFactory.Create<TorchPlugin, IEngine>(engineName),
    _ => throw new ArgumentException($"There is no engine '{engineName}'."),
};
Network network = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet")
    .Read(new ModelSource(cfg, weights, Console.Error.WriteLine), CancellationToken.None);
network = ObjectnessPrior.Apply(network, float.Parse(prior, CultureInfo.InvariantCulture));
string[] files = [.. Directory.GetFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
int wanted = int.Parse(count, CultureInfo.InvariantCulture);
DatasetItem[] items = [.. Enumerable.Range(0, wanted).Select(i => new DatasetItem($"{i}", () => File.OpenRead(files[i % files.Length]), []))];

var services = new EvaluationServices(static kind => PluginFactory.Create<HeadYoloPlugin, IHead>(kind), badPictures: null);
var subject = new EvaluationSubject("network", network, engine);
var settings = new DetectionSettings { Confidence = 0.001, Iou = 0.65, IsMultiLabel = true };
EvaluationContext Context(IEnumerable<DatasetItem> some) => new([subject], services) { Dataset = new Dataset("photos", [], [.. some]) };
int candidates = services.Detect(Context(items[..PicturesPerTurn]), subject, settings with { Suppression = Suppression.None, MaximumDetections = 0 }, CancellationToken.None)
    .Sum(static result => result.Detections.Length);
using IExecutable<float> executable = engine.Compile(network);
EvaluationContext bare = new([subject], services);
Batch<float> picture = services.ReadBatches(bare, network, 1, CancellationToken.None).First();
double alone = 0;
double whole = 0;
TimeSpan cpuAlone = default;
TimeSpan cpuWhole = default;
int found = 0;
for (int turn = -1; turn * PicturesPerTurn < wanted; turn++)
{
    DatasetItem[] some = [.. items.Skip(Math.Max(turn, 0) * PicturesPerTurn).Take(PicturesPerTurn)];
    TimeSpan cpuStart = Process.GetCurrentProcess().TotalProcessorTime;
    long start = Stopwatch.GetTimestamp();
    for (int i = 0; i < some.Length; i++)
    {
        executable.Run([picture], network.Outputs, CancellationToken.None);
    }

    TimeSpan cpuMiddle = Process.GetCurrentProcess().TotalProcessorTime;
    long middle = Stopwatch.GetTimestamp();
    EvaluationContext context = Context(some);
    int detections = services.Detect(context, subject, settings, CancellationToken.None).Sum(static result => result.Detections.Length);
    if (turn >= 0)
    {
        alone += Stopwatch.GetElapsedTime(start, middle).TotalSeconds;
        whole += Stopwatch.GetElapsedTime(middle).TotalSeconds;
        cpuAlone += cpuMiddle - cpuStart;
        cpuWhole += Process.GetCurrentProcess().TotalProcessorTime - cpuMiddle;
        found += detections;
    }
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"| {engineName,-8} | {services.CostOf(network).Gflops,6:F2} | {wanted / alone,10:F2} | {wanted / whole,10:F2} | {alone / whole,5:F3} | {cpuAlone.TotalMilliseconds / wanted,8:F1} | {cpuWhole.TotalMilliseconds / wanted,8:F1} | {(double)candidates / PicturesPerTurn,13:F0} | {(double)found / wanted,8:F0} |"));
return 0;
