using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Plugins.Tests.OnnxRuntime;
using PluginPrune.Plugins.Tests.TorchEngine;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.ParallelRuns;

/// <summary>Runs at the same time give what runs one after the other give.</summary>
public sealed class ParallelExecutableTests
{
    private const int Callers = 4;
    private const int Rounds = 3;

    [Fact]
    public void Managed_runs_do_not_disturb_each_other() => ShouldAgree("managed");

    [OnnxRuntimeFact]
    public void Runs_of_onnxruntime_do_not_disturb_each_other() => ShouldAgree("onnxruntime");

    [TorchFact]
    public void Runs_of_torch_do_not_disturb_each_other() => ShouldAgree("torch");

    [Fact]
    public void Managed_values_do_not_depend_on_the_number_of_threads() => ShouldAgreeWithAllThreads("managed", tolerance: 0);

    [OnnxRuntimeFact]
    public void Values_of_onnxruntime_hardly_depend_on_the_number_of_threads() => ShouldAgreeWithAllThreads("onnxruntime", tolerance: 1e-5);

    [TorchFact]
    public void Values_of_torch_hardly_depend_on_the_number_of_threads() => ShouldAgreeWithAllThreads("torch", tolerance: 1e-5);

    [TorchFact]
    public void Torch_runs_on_a_GPU_one_after_the_other()
    {
        ((IParallelEngine)Torch.Engine(("device", "cuda"), ("threads", "8"))).Threads.Should().Be(1);
        ParallelEngines.Create("torch", 8).Threads.Should().Be(8);
    }

    private static void ShouldAgree(string engine)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: seed % 2 == 0, preservesZero: false);

            // More sets of values than an executable may keep prepared.
            string[][] wanted = [[.. network.Outputs], .. network.Nodes.TakeLast(5).Select(static node => new[] { node.Id })];
            Batch<float>[] pictures = [.. Enumerable.Range(0, 3).Select(i => Numbers(network, (10 * seed) + i, pictures: 1 + (i % 2)))];
            ImmutableArray<Batch<float>>[][] expected = ComputeInTurn(engine, network, wanted, pictures);

            // The first runs, which prepare what all share, begin together too.
            using IExecutable<float> executable = ParallelEngines.Create(engine, Callers).CompileParallel(network);
            using var start = new Barrier(Callers);
            int[] different = new int[Callers];
            Thread[] callers = [.. Enumerable.Range(0, Callers).Select(caller => new Thread(() =>
            {
                start.SignalAndWait();
                for (int i = 0; i < Rounds * wanted.Length * pictures.Length; i++)
                {
                    (int set, int picture) = ((i + caller) % wanted.Length, (i + caller) / wanted.Length % pictures.Length);
                    ImmutableArray<Batch<float>> found = executable.Run([pictures[picture]], wanted[set], CancellationToken.None);
                    different[caller] += AreEqual(found, expected[set][picture]) ? 0 : 1;
                }
            }))];
            Array.ForEach(callers, static caller => caller.Start());
            Array.ForEach(callers, static caller => caller.Join());

            different.Should().OnlyContain(static count => count == 0, "of seed {0}", seed);
        }
    }

    private static ImmutableArray<Batch<float>>[][] ComputeInTurn(string engine, Network network, string[][] wanted, Batch<float>[] pictures)
    {
        using IExecutable<float> one = ParallelEngines.Create(engine, 1).Compile(network);
        return [.. wanted.Select(values => pictures.Select(picture => one.Run([picture], values, CancellationToken.None)).ToArray())];
    }

    private static void ShouldAgreeWithAllThreads(string engine, double tolerance)
    {
        for (int seed = 20; seed < 26; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            Batch<float> picture = Numbers(network, seed, pictures: 1);
            using IExecutable<float> ordinary = ParallelEngines.Create(engine, 3).Compile(network);
            using IExecutable<float> parallel = ParallelEngines.Create(engine, 3).CompileParallel(network);

            ImmutableArray<Batch<float>> expected = ordinary.Run([picture], network.Outputs, CancellationToken.None);
            ImmutableArray<Batch<float>> found = parallel.Run([picture], network.Outputs, CancellationToken.None);

            found.Length.Should().Be(expected.Length);
            for (int i = 0; i < found.Length; i++)
            {
                Ort.Difference(found[i].Elements, expected[i].Elements).Should().BeLessThanOrEqualTo(tolerance, "of seed {0}", seed);
            }
        }
    }

    private static bool AreEqual(ImmutableArray<Batch<float>> found, ImmutableArray<Batch<float>> expected) =>
        found.Length == expected.Length && found.Zip(expected).All(static pair => pair.First.Elements.AsSpan().SequenceEqual(pair.Second.Elements));

    private static Batch<float> Numbers(Network network, int seed, int pictures)
    {
        var random = new Random(seed);
        Shape shape = network.Inputs[0].Shape;
        return new Batch<float>(pictures, shape, [.. Enumerable.Range(0, pictures * shape.Count).Select(_ => random.NextSingle() - 0.5f)]);
    }
}
