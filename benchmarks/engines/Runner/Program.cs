using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineRunner;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

// Prints 'ready' and a sum over the outputs, then for each line read runs the network once and prints the milliseconds.
if (args is not [var engine, var cfg, var weights, var threads])
{
    Console.Error.WriteLine("engine-runner ENGINE CFG WEIGHTS THREADS");
    return 2;
}

IModelFormat format = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet");
Network network = format.Read(new ModelSource(cfg, weights, Console.Error.WriteLine), CancellationToken.None);
Shape shape = network.Inputs[0].Shape;
var picture = new Batch<float>(1, shape, [.. Enumerable.Range(0, shape.Count).Select(static i => (float)((long)i * 7919 % 1009 / 1009.0))]);
string[] values = [.. network.Heads.Select(static head => head.Input)];
using IExecutable<float> executable = Engines.Create(engine, threads).Compile(network);

ImmutableArray<Batch<float>> outputs = executable.Run([picture], values, CancellationToken.None);
double sum = outputs.Sum(static batch => batch.Elements.Sum(static value => Math.Abs((double)value)));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready {sum:R}"));
while (Console.ReadLine() is not null)
{
    var watch = Stopwatch.StartNew();
    executable.Run([picture], values, CancellationToken.None);
    Console.WriteLine(watch.Elapsed.TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture));
}

return 0;
