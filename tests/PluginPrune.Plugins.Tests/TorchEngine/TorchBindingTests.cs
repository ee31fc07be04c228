using System.Diagnostics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.Plugins.Tests.ManagedEngine;
using Tensor = PluginPrune.EngineTorch.Bindings.Tensor;

namespace PluginPrune.Plugins.Tests.TorchEngine;

/// <summary>What the engine owes beyond numbers: its memory, and libtorch's own words. Alone, so that others' tensors do not count.</summary>
[Collection(nameof(TorchBindingTests))]
[CollectionDefinition(nameof(TorchBindingTests), DisableParallelization = true)]
public sealed class TorchBindingTests
{
    [TorchFact]
    public void Ten_thousand_runs_leave_no_tensor_and_no_memory_behind()
    {
        var random = new Random(4);
        var sketch = new NetworkSketch(random);
        Network network = sketch.Input("x", 3, 8, 8)
            .Node("a", sketch.Convolution(4, 3, 3), "x").Node("b", sketch.Norm(4), "a").Node("c", sketch.Convolution(4, 4, 1), "b").Build();
        Batch<float> picture = SampleNetworks.Picture(network, random, 1);
        using IExecutable<float> executable = Torch.Engine(("threads", "1")).Compile(network);
        Run(1000);
        long tensors = torch.LiveTensors;
        long memory = Resident();

        Run(10_000);

        torch.LiveTensors.Should().Be(tensors);
        (Resident() - memory).Should().BeLessThan(16 << 20);

        void Run(int times)
        {
            for (int i = 0; i < times; i++)
            {
                executable.Run([picture], ["c"], CancellationToken.None);
            }
        }
    }

    [TorchFact]
    public void An_executable_that_is_disposed_of_takes_its_weights_along()
    {
        var random = new Random(5);
        Network network = SampleNetworks.Detector(random);
        Batch<float> picture = SampleNetworks.Picture(network, random, 1);
        Torch.Load();
        long before = torch.LiveTensors;

        IExecutable<float> executable = Torch.Engine().Compile(network);
        executable.Run([picture], [.. network.Outputs], CancellationToken.None);
        torch.LiveTensors.Should().BeGreaterThan(before);
        executable.Dispose();

        torch.LiveTensors.Should().Be(before);
        FluentActions.Invoking(() => executable.Run([picture], ["6.same"], CancellationToken.None)).Should().Throw<ObjectDisposedException>();
    }

    [TorchFact]
    public void What_libtorch_says_becomes_the_message_and_nothing_leaks()
    {
        Torch.Load();
        long before = torch.LiveTensors;
        using (torch.NewDisposeScope())
        {
            Tensor left = torch.tensor([1, 2, 3, 4, 5, 6], [1, 2, 3], ScalarType.Float32, Device.Cpu);
            Tensor right = torch.tensor([1, 2, 3, 4], [1, 2, 2], ScalarType.Float32, Device.Cpu);

            FluentActions.Invoking(() => torch.bmm(left, right)).Should().Throw<TorchException>().WithMessage("*size*[1, 3]*but got*[1, 2]*");
            FluentActions.Invoking(() => left.reshape(4, 2)).Should().Throw<TorchException>().WithMessage("*'[4, 2]' is invalid for input of size 6*");
            FluentActions.Invoking(() => left.add_(right)).Should().Throw<TorchException>().WithMessage("*must match*");
        }

        torch.LiveTensors.Should().Be(before);
    }

    [TorchFact]
    public void Scopes_end_what_was_made_in_them_and_leave_what_was_taken_out()
    {
        Torch.Load();
        long before = torch.LiveTensors;
        Tensor kept;
        using (torch.NewDisposeScope())
        {
            Tensor x = torch.tensor([1, -2], [2], ScalarType.Float32, Device.Cpu);
            using (torch.NewDisposeScope())
            {
                kept = x.clone().relu_().DetachFromDisposeScope();
                x.clone().Dispose();
                x.clone();
            }

            torch.LiveTensors.Should().Be(before + 2);
        }

        torch.LiveTensors.Should().Be(before + 1);
        float[] numbers = new float[2];
        kept.Read(numbers);
        kept.Dispose();
        numbers.Should().Equal(1, 0);
        torch.LiveTensors.Should().Be(before);
    }

    [TorchFact]
    public void A_run_that_is_cancelled_leaves_nothing_behind()
    {
        var random = new Random(6);
        Network network = SampleNetworks.Detector(random);
        Batch<float> picture = SampleNetworks.Picture(network, random, 1);
        using IExecutable<float> executable = Torch.Engine().Compile(network);
        executable.Run([picture], ["16.add"], CancellationToken.None);
        long before = torch.LiveTensors;

        FluentActions.Invoking(() => executable.Run([picture], ["16.add"], new CancellationToken(canceled: true))).Should().Throw<OperationCanceledException>();

        torch.LiveTensors.Should().Be(before);
    }

    private static long Resident()
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
