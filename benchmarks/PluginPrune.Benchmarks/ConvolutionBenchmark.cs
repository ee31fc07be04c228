using BenchmarkDotNet.Attributes;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Benchmarks;

/// <summary>Layers of yolov3-tiny at 416 x 416, in single precision on all processors.</summary>
public class ConvolutionBenchmark
{
    private static readonly string[] Wanted = ["act"];

    private IExecutable<float> _executable = null!;
    private Batch<float>[] _input = [];

    public static IEnumerable<LayerShape> Layers =>
    [
        new(3, 16, 3, 416),
        new(16, 32, 3, 208),
        new(64, 128, 3, 52),
        new(512, 1024, 3, 13),
        new(1024, 256, 1, 13),
    ];

    [ParamsSource(nameof(Layers))]
    public LayerShape Layer { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        Network network = Layer.Build(random);
        Shape shape = network.Inputs[0].Shape;
        _executable = EngineSource.Create().Compile(network);
        _input = [new Batch<float>(1, shape, [.. Enumerable.Range(0, shape.Count).Select(_ => random.NextSingle())])];
    }

    [GlobalCleanup]
    public void CleanUp() => _executable.Dispose();

    [Benchmark]
    public Batch<float> Run() => _executable.Run(_input, Wanted, CancellationToken.None)[0];
}
