using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

public sealed class RunArgumentTests
{
    private readonly Random _random = new(3);

    [Fact]
    public void The_plugin_registers_an_engine_named_managed_with_an_option_for_threads()
    {
        var registry = new CollectingRegistry();
        new PluginPrune.EngineManaged.ManagedEnginePlugin().Register(registry);

        Contribution contribution = registry.Contributions.Should().ContainSingle().Subject;
        contribution.Kind.Should().Be(ContributionKind.Engine);
        contribution.Name.Should().Be("managed");
        OptionDescriptor.Of(contribution.OptionsType).Should().ContainSingle().Which.Name.Should().Be("threads");
        FluentActions.Invoking(() => Engines.Create(-1)).Should().Throw<OptionException>();
    }

    [Fact]
    public void A_missing_input_is_named()
    {
        using IExecutable<float> executable = Engines.Create(1).Compile(SampleNetworks.TwoInputs(_random));

        Running(executable, ["y"], Batch(1, 2, 3, 4)).Should().Throw<ArgumentException>().WithMessage("*takes 2 inputs (a, b); 1 were given*");
    }

    [Fact]
    public void A_wrong_shape_is_named_with_the_right_one()
    {
        using IExecutable<float> executable = Engines.Create(1).Compile(SampleNetworks.TwoInputs(_random));

        Running(executable, ["y"], Batch(1, 2, 3, 5), Batch(1, 2, 1, 1))
            .Should().Throw<ArgumentException>().WithMessage("*'a' takes 2 x 3 x 4*2 x 3 x 5*");
    }

    [Fact]
    public void Batches_must_be_of_one_size()
    {
        using IExecutable<float> executable = Engines.Create(1).Compile(SampleNetworks.TwoInputs(_random));

        Running(executable, ["y"], Batch(2, 2, 3, 4), Batch(3, 2, 1, 1))
            .Should().Throw<ArgumentException>().WithMessage("*'b' has a batch of 3*'a' one of 2*");
    }

    [Fact]
    public void A_batch_that_is_null_is_named()
    {
        using IExecutable<float> executable = Engines.Create(1).Compile(SampleNetworks.TwoInputs(_random));

        Running(executable, ["y"], Batch(2, 2, 3, 4), null!).Should().Throw<ArgumentException>().WithMessage("*'b' is null*");
    }

    [Fact]
    public void An_unknown_value_is_named_and_does_not_spoil_the_next_run()
    {
        using IExecutable<float> executable = Engines.Create(1).Compile(SampleNetworks.TwoInputs(_random));
        Batch<float>[] inputs = [Batch(1, 2, 3, 4), Batch(1, 2, 1, 1)];

        Running(executable, ["y", "nothing"], inputs).Should().Throw<ArgumentException>().WithMessage("*no value 'nothing'*");
        Running(executable, ["y"], inputs).Should().NotThrow();
    }

    [Fact]
    public void Asking_for_nothing_computes_nothing()
    {
        using IExecutable<float> executable = Engines.Create(1).Compile(SampleNetworks.TwoInputs(_random));

        executable.Run([Batch(1, 2, 3, 4), Batch(1, 2, 1, 1)], [], CancellationToken.None).Should().BeEmpty();
    }

    [Fact]
    public void An_opaque_operation_is_refused_by_the_name_of_its_node()
    {
        Network network = new NetworkSketch(_random).Input("x", 2, 3, 4)
            .Node("17.odd", new Opaque("odd", new Shape(2), []), "x").Build();
        IDoublePrecisionEngine engine = Engines.Create(1);

        FluentActions.Invoking(() => engine.Compile(network)).Should().Throw<NotSupportedException>().WithMessage("*17.odd*odd*");
        FluentActions.Invoking(() => engine.CompileDouble(network)).Should().Throw<NotSupportedException>().WithMessage("*17.odd*odd*");
    }

    [Fact]
    public void A_cancelled_run_ends_and_leaves_the_executable_usable()
    {
        Network network = SampleNetworks.Detector(_random);
        Batch<float> picture = SampleNetworks.Picture(network, _random, 1);
        using IExecutable<float> executable = Engines.Create(2).Compile(network);
        float[] expected = executable.Run([picture], ["12.double"], CancellationToken.None)[0].Elements;
        using var source = new CancellationTokenSource();
        source.Cancel();

        FluentActions.Invoking(() => executable.Run([picture], ["12.double"], source.Token)).Should().Throw<OperationCanceledException>();
        executable.Run([picture], ["12.double"], CancellationToken.None)[0].Elements.Should().Equal(expected);
    }

    [Fact]
    public void A_run_is_cancelled_between_its_steps()
    {
        // Enough work that a run which looked at the token only at its start would be done long after the token is cancelled.
        var sketch = new NetworkSketch(_random);
        sketch.Input("x", 8, 200, 200);
        string last = "x";
        for (int i = 0; i < 2000; i++)
        {
            sketch.Node($"{i}", new Activation(ActivationKind.Gelu), last);
            last = $"{i}";
        }

        Network network = sketch.Build();
        using IExecutable<float> executable = Engines.Create(1).Compile(network);
        using var source = new DelayedCancellation(TimeSpan.FromMilliseconds(50));

        FluentActions.Invoking(() => executable.Run([SampleNetworks.Picture(network, _random, 1)], [last], source.Token))
            .Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Dispose_may_be_called_twice_and_ends_running()
    {
        IExecutable<float> executable = Engines.Create(1).Compile(SampleNetworks.TwoInputs(_random));

        executable.Dispose();
        executable.Dispose();

        Running(executable, ["y"], Batch(1, 2, 3, 4), Batch(1, 2, 1, 1)).Should().Throw<ObjectDisposedException>();
    }

    private static Action Running(IExecutable<float> executable, string[] values, params Batch<float>[] inputs) =>
        () => executable.Run(inputs, values, CancellationToken.None);

    private static Batch<float> Batch(int size, params int[] shape) =>
        new(size, new Shape(shape), new float[size * new Shape(shape).Count]);
}
