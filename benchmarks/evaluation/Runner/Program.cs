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

// Times a whole evaluation up to the detections, with all that it takes to make the engine ready, and before and after it the
// engine alone with one picture after the other. Prints: engine, candidates and detections a picture, pictures a second alone and
// in the evaluation, milliseconds of CPU time a picture alone and in the evaluation.
if (args is not [var engineName, var cfg, var weights, var folder, var count, var objectness])
{
    Console.Error.WriteLine("evaluation-runner managed|onnxruntime|torch CFG WEIGHTS FOLDER PICTURES OBJECTNESS");
    return 2;
}

const int PicturesToWarmUp = 50;
IEngine engine = engineName switch
{
    "managed" => PluginFactory.Create<ManagedEnginePlugin, IEngine>(engineName),
    "onnxruntime" => PluginFactory.Create<OnnxRuntimePlugin, IEngine>(engineName, new PluginServices(new OnnxPlugin())),
    "torch" => PluginFactory.Create<TorchPlugin, IEngine>(engineName),
    _ => throw new ArgumentException($"There is no engine '{engineName}'."),
};
Network network = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet")
    .Read(new ModelSource(cfg, weights, Console.Error.WriteLine), CancellationToken.None);
network = ObjectnessPrior.Apply(network, float.Parse(objectness, CultureInfo.InvariantCulture));
string[] files = [.. Directory.GetFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
int wanted = int.Parse(count, CultureInfo.InvariantCulture);
DatasetItem[] items = [.. Enumerable.Range(0, wanted).Select(i => new DatasetItem($"{i}", () => File.OpenRead(files[i % files.Length]), []))];

var services = new EvaluationServices(static kind => PluginFactory.Create<HeadYoloPlugin, IHead>(kind), badPictures: null);
var subject = new EvaluationSubject("network", network, engine);
var settings = new DetectionSettings { Confidence = 0.001, Iou = 0.65, IsMultiLabel = true };
using IExecutable<float> executable = engine.Compile(network);
Batch<float> picture = services.ReadBatches(new EvaluationContext([subject], services), network, 1, CancellationToken.None).First();

DatasetItem[] first = items[..Math.Min(PicturesToWarmUp, wanted)];
int candidates = Detect(first, settings with { Suppression = Suppression.None, MaximumDetections = 0 });
Detect(first, settings);
RunAlone(first.Length);

// What drifts hits both alike.
TimeSpan cpuStart = CpuTime();
double alone = RunAlone(wanted / 2);
TimeSpan cpuAlone = CpuTime() - cpuStart;
long start = Stopwatch.GetTimestamp();
int found = Detect(items, settings);
double whole = Stopwatch.GetElapsedTime(start).TotalSeconds;
TimeSpan cpuWhole = CpuTime() - cpuStart - cpuAlone;
cpuStart = CpuTime();
alone += RunAlone(wanted - (wanted / 2));
cpuAlone += CpuTime() - cpuStart;
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"| {engineName} | {candidates / first.Length} | {found / wanted} | {wanted / alone:F1} | {wanted / whole:F1} | {cpuAlone.TotalMilliseconds / wanted:F1} | {cpuWhole.TotalMilliseconds / wanted:F1} |"));
return 0;

int Detect(DatasetItem[] some, DetectionSettings how)
{
    EvaluationContext context = new([subject], services) { Dataset = new Dataset("photos", [], [.. some]) };
    return services.Detect(context, subject, how, CancellationToken.None).Sum(static result => result.Detections.Length);
}

double RunAlone(int times)
{
    long began = Stopwatch.GetTimestamp();
    for (int i = 0; i < times; i++)
    {
        executable.Run([picture], network.Outputs, CancellationToken.None);
    }

    return Stopwatch.GetElapsedTime(began).TotalSeconds;
}

static TimeSpan CpuTime() => Process.GetCurrentProcess().TotalProcessorTime;
