using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.EngineTorch;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

// The engine's side of training/interleave.py, which says what is answered.
if (args is not [var cfg, var weights, var batch, var threads])
{
    Console.Error.WriteLine("training-runner CFG WEIGHTS BATCH THREADS");
    return 2;
}

IModelFormat format = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet");
Network network = format.Read(new ModelSource(cfg, weights, Console.Error.WriteLine), CancellationToken.None);
Shape shape = network.Inputs[0].Shape;
int size = int.Parse(batch, CultureInfo.InvariantCulture);
float[] pixels = new float[size * shape.Count];
for (int i = 0; i < pixels.Length; i++)
{
    pixels[i] = (float)((long)i * 7919 % 1009 / 1009.0);
}

var pictures = new Batch<float>(size, shape, pixels);
string[] values = [.. network.Heads.Select(static head => head.Input)];
var engine = (ITrainingEngine)PluginFactory.Create<TorchPlugin, IEngine>("torch", ("threads", threads));
using ITrainingSession session = engine.BeginTraining(network, new TrainingSettings { BatchNormMomentum = 0.1 });
var settings = new StepSettings { LearningRate = 1e-4, Momentum = 0.9, WeightDecay = 5e-4 };
double before = Memory("VmRSS");

ImmutableArray<Batch<float>> heads = Step();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready {Sum(heads):R}"));
while (Console.ReadLine() is not null)
{
    var watch = Stopwatch.StartNew();
    TimeSpan used = Environment.CpuUsage.TotalTime;
    heads = Step();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalMilliseconds:F3} {(Environment.CpuUsage.TotalTime - used).TotalMilliseconds:F3}"));
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"end {Sum(heads):R} {Memory("VmHWM"):F1} {Memory("VmHWM") - before:F1}"));
return 0;

ImmutableArray<Batch<float>> Step()
{
    ImmutableArray<Batch<float>> outputs = session.Forward([pictures], values, CancellationToken.None);
    session.Backward([.. outputs.Select(static head => new Batch<float>(head.Size, head.Shape, Array.ConvertAll(head.Elements, static x => x * 1e-5f)))], CancellationToken.None);
    session.Step(settings);
    return outputs;
}

static double Sum(ImmutableArray<Batch<float>> heads) => heads.Sum(static head => head.Elements.Sum(static x => Math.Abs((double)x)));

// In MB, as the system counts.
static double Memory(string name) =>
    double.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;
