using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineOnnxRuntime;
using PluginPrune.Plugins.Tests.ManagedEngine;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.OnnxRuntime;

public sealed class RunTests
{
    private readonly Random _random = new(3);

    [OnnxRuntimeFact]
    public void The_engine_tells_what_it_runs_on()
    {
        EngineDescription description = Ort.Create(3).Describe();

        description.Library.Should().MatchRegex("^ONNX Runtime \\d+\\.\\d+");
        File.Exists(description.Path).Should().BeTrue();
        description.Threads.Should().Be(3);
        description.Devices.Should().Equal("cpu");
    }

    [OnnxRuntimeFact]
    public void Several_inputs_are_fed_in_their_order()
    {
        Network network = SampleNetworks.TwoInputs(_random);

        Ort.ShouldAgree(network, pictures: 2, ["y"]);
        Ort.ShouldAgree(network, pictures: 1, ["b", "y", "a", "y"]);
    }

    [OnnxRuntimeFact]
    public void Values_that_fusing_hides_and_values_that_are_others_under_another_name_can_be_asked_for()
    {
        Network network = SampleNetworks.Detector(_random);

        Ort.ShouldAgree(network, pictures: 2, [.. network.Nodes.Select(static node => node.Id)]);
        Ort.ShouldAgree(network, values: ["0.conv"]);
        Ort.ShouldAgree(network, values: ["6.same", "5.pool", "x", "6.same", "11.flat"]);
    }

    [OnnxRuntimeFact]
    public void Results_belong_to_the_caller()
    {
        Network network = SampleNetworks.Detector(_random);
        Batch<float> picture = SampleNetworks.Picture(network, _random, 1);
        float[] before = [.. picture.Elements];
        using IExecutable<float> executable = Ort.Create().Compile(network);

        ImmutableArray<Batch<float>> first = executable.Run([picture], ["5.pool", "6.same", "5.pool", "x"], CancellationToken.None);
        float[] kept = [.. first[1].Elements];
        Array.Fill(first[0].Elements, 123);
        Array.Fill(first[3].Elements, 123);
        ImmutableArray<Batch<float>> second = executable.Run([picture], ["5.pool", "6.same", "5.pool", "x"], CancellationToken.None);

        first[1].Elements.Should().Equal(kept);
        first[2].Elements.Should().Equal(kept);
        second[0].Elements.Should().Equal(kept);
        picture.Elements.Should().Equal(before);
    }

    [OnnxRuntimeFact]
    public void Batches_of_changing_size_and_changing_questions_run_in_one_executable()
    {
        Network network = SampleNetworks.Detector(_random);
        using IExecutable<float> executable = Ort.Create().Compile(network);
        using IExecutable<float> reference = Engines.Create(0).Compile(network);
        string[][] questions = [["12.double"], ["11.flat", "16.add"], ["0.bn"], ["2.act"], ["4.add"], ["9.cat"], ["12.double"]];
        for (int i = 0; i < 21; i++)
        {
            Batch<float> pictures = SampleNetworks.Picture(network, _random, 1 + (i % 4));
            string[] values = questions[i % questions.Length];

            var actual = executable.Run([pictures], values, CancellationToken.None);

            var expected = reference.Run([pictures], values, CancellationToken.None);
            for (int value = 0; value < values.Length; value++)
            {
                Ort.Difference(actual[value].Elements, expected[value].Elements).Should().BeLessThan(1e-5);
            }
        }
    }

    [OnnxRuntimeFact]
    public void What_does_not_fit_is_named()
    {
        using IExecutable<float> executable = Ort.Create().Compile(SampleNetworks.TwoInputs(_random));
        Batch<float> a = new(2, new Shape(2, 3, 4), new float[48]);
        Batch<float> b = new(2, new Shape(2, 1, 1), new float[4]);

        Running(executable, ["y"], a).Should().Throw<ArgumentException>().WithMessage("*takes 2 inputs (a, b); 1 were given*");
        Running(executable, ["y"], b, b).Should().Throw<ArgumentException>().WithMessage("*'a' takes 2 x 3 x 4*2 x 1 x 1*");
        Running(executable, ["y"], a, new(1, b.Shape, new float[2])).Should().Throw<ArgumentException>().WithMessage("*'b' has a batch of 1*'a' one of 2*");
        Running(executable, ["y"], a, null!).Should().Throw<ArgumentException>().WithMessage("*'b' is null*");
        Running(executable, ["y", "nothing"], a, b).Should().Throw<ArgumentException>().WithMessage("*no value 'nothing'*");
        Running(executable, ["y"], a, b).Should().NotThrow();
        executable.Run([a, b], [], CancellationToken.None).Should().BeEmpty();
    }

    [OnnxRuntimeFact]
    public void An_opaque_operation_is_refused_by_the_name_of_its_node()
    {
        Network network = new NetworkSketch(_random).Input("x", 2, 3, 4).Node("17.odd", new Opaque("odd", new Shape(2), []), "x").Build();

        FluentActions.Invoking(() => Ort.Create().Compile(network)).Should().Throw<NotSupportedException>().WithMessage("*17.odd*odd*");
    }

    [OnnxRuntimeFact]
    public void What_the_library_refuses_is_told_in_its_words() =>
        new Action(() => new OnnxSession([1, 2, 3]).Dispose()).Should().Throw<Exception>().WithMessage("*protobuf parsing failed*");

    [Fact]
    public void Without_the_plugin_that_writes_onnx_it_says_so()
    {
        var engine = PluginFactory.Create<OnnxRuntimePlugin, IEngine>("onnxruntime", new PluginServices());
        Network network = SampleNetworks.TwoInputs(_random);

        FluentActions.Invoking(() => engine.Compile(network)).Should().Throw<EngineUnavailableException>().WithMessage("*needs the plugin that writes ONNX files*'onnx'*");
    }

    [OnnxRuntimeFact]
    public void A_cancelled_run_ends_and_leaves_the_executable_usable()
    {
        Network network = SampleNetworks.Detector(_random);
        Batch<float> picture = SampleNetworks.Picture(network, _random, 1);
        using IExecutable<float> executable = Ort.Create().Compile(network);
        float[] expected = executable.Run([picture], ["12.double"], CancellationToken.None)[0].Elements;
        using var source = new CancellationTokenSource();
        source.Cancel();

        FluentActions.Invoking(() => executable.Run([picture], ["12.double"], source.Token)).Should().Throw<OperationCanceledException>();
        executable.Run([picture], ["12.double"], CancellationToken.None)[0].Elements.Should().Equal(expected);
    }

    [OnnxRuntimeFact]
    public void A_run_is_cancelled_in_its_middle()
    {
        // Seconds of work.
        var b = new NetworkBuilder(1, 16, 256, 256);
        string last = "input";
        for (int i = 0; i < 400; i++)
        {
            last = b.Act(b.Conv(last, 16), ActivationKind.Mish);
        }

        Network network = b.Build();
        using IExecutable<float> executable = Ort.Create(1).Compile(network);
        using var source = new DelayedCancellation(TimeSpan.FromMilliseconds(100));

        FluentActions.Invoking(() => executable.Run([Ort.Pictures(1, network.Inputs[0].Shape)], network.Outputs, source.Token)).Should().Throw<OperationCanceledException>();

        source.Since.Should().BeLessThan(TimeSpan.FromSeconds(2));
    }

    [OnnxRuntimeFact]
    public void Dispose_may_be_called_twice_and_ends_running()
    {
        IExecutable<float> executable = Ort.Create().Compile(SampleNetworks.TwoInputs(_random));

        executable.Dispose();
        executable.Dispose();

        Running(executable, ["y"], new(1, new Shape(2, 3, 4), new float[24]), new(1, new Shape(2, 1, 1), new float[2])).Should().Throw<ObjectDisposedException>();
    }

    private static Action Running(IExecutable<float> executable, string[] values, params Batch<float>[] inputs) =>
        () => executable.Run(inputs, values, CancellationToken.None);
}
