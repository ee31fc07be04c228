using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Files;
using PluginPrune.Core.Images;
using PluginPrune.Core.Plugins;
using PluginPrune.TestKit;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>Formats, heads and engines that misbehave: the failure bears the plugin's name, the user's own mistakes do not.</summary>
public sealed class GuardedServiceTests
{
    private static readonly ModelSource Source = new("/models/net.xyz", null, static _ => { });

    [Fact]
    public void Read_FormatThatCrashes_IsThePluginsFault()
    {
        var guarded = new GuardedFormat(new Format(static () => throw new InvalidCastException("oops")), Info(ContributionKind.Format));

        Action act = () => guarded.Read(Source, CancellationToken.None);

        act.Should().Throw<PluginException>().WithMessage("*PP0503*acme.bad*oops*");
    }

    [Fact]
    public void Read_FormatThatReturnsNothing_IsThePluginsFault()
    {
        var guarded = new GuardedFormat(new Format(static () => null!), Info(ContributionKind.Format));

        Action act = () => guarded.Read(Source, CancellationToken.None);

        act.Should().Throw<PluginException>().WithMessage("*PP0506*no network*");
    }

    [Fact]
    public void Read_FormatThatBlamesTheFile_IsTheUsersMistake()
    {
        var guarded = new GuardedFormat(new Format(static () => throw new InputException("net.xyz", 3, "wrong")), Info(ContributionKind.Format));

        Action act = () => guarded.Read(Source, CancellationToken.None);

        act.Should().Throw<InputException>().WithMessage("net.xyz, line 3: wrong");
    }

    [Theory]
    [InlineData(-1f, true)]
    [InlineData(-1e-7f, false)]
    [InlineData(0f, false)]
    public void Read_VarianceBelowZero_IsTheUsersMistake(float variance, bool isRefused)
    {
        var net = new NetworkBuilder(1, height: 4, width: 4);
        string layer = net.ConvNormAct("input", 6, 1);
        net.Head(net.Conv(layer, 6, 1));
        Network network = net.Build();
        network = network.With(network.Nodes.Select(node => node.Operation is BatchNorm norm ? node with { Operation = norm with { Epsilon = 1e-5, Variance = Tensor.FromFloats(1, 1, variance, 1, 1, 1) } } : node), network.Heads);
        var guarded = new GuardedFormat(new Format(() => network), Info(ContributionKind.Format));

        Action act = () => guarded.Read(Source, CancellationToken.None);

        if (isRefused)
        {
            act.Should().Throw<InputException>().WithMessage("/models/net.xyz:*variance of -1 in channel 2*");
        }
        else
        {
            act.Should().NotThrow();
        }
    }

    [Fact]
    public void Write_FileInTheWay_IsTheUsersMistake()
    {
        var guarded = new GuardedFormat(new Format(static () => throw new OutputException("taken", isBadPlace: true)), Info(ContributionKind.Format));

        Action act = () => guarded.Write(Net(), null!, CancellationToken.None);

        act.Should().Throw<OutputException>();
    }

    [Fact]
    public void Describe_HeadThatForgetsChannels_IsThePluginsFault()
    {
        var guarded = new GuardedHead(new HeadOf(new HeadLayout(1, 1, [])), Info(ContributionKind.Head));

        Action act = () => guarded.Describe(Net().Heads[0], new Shape(6, 4, 4));

        act.Should().Throw<PluginException>().WithMessage("*described 0 channels*which has 6*");
    }

    [Fact]
    public void Run_EngineThatReturnsTooLittle_IsThePluginsFault()
    {
        var guarded = new GuardedEngine(new Engine(), Info(ContributionKind.Engine));
        using IExecutable<float> executable = guarded.Compile(Net());

        Action act = () => executable.Run([], ["n0"], CancellationToken.None);

        act.Should().Throw<PluginException>().WithMessage("*returned 0 values where 1*");
    }

    [Fact]
    public void Run_ParallelEngineThatCrashes_IsThePluginsFault()
    {
        var guarded = new GuardedEngine(new ParallelEngine(static () => throw new InvalidCastException("oops")), Info(ContributionKind.Engine));
        using IExecutable<float> executable = guarded.CompileParallel(Net());

        Action act = () => executable.Run([], ["n0"], CancellationToken.None);

        act.Should().Throw<PluginException>().WithMessage("*PP0503*acme.bad*Running the network*oops*");
    }

    [Fact]
    public void Run_ParallelEngineThatReturnsTooLittle_IsThePluginsFault()
    {
        var guarded = new GuardedEngine(new ParallelEngine(static () => []), Info(ContributionKind.Engine));
        using IExecutable<float> executable = guarded.CompileParallel(Net());

        Action act = () => executable.Run([], ["n0"], CancellationToken.None);

        act.Should().Throw<PluginException>().WithMessage("*returned 0 values where 1*");
    }

    [Fact]
    public void Run_ParallelEngine_StaysOnItsCallersThread()
    {
        Thread? runner = null;
        var guarded = new GuardedEngine(
            new ParallelEngine(() =>
            {
                runner = Thread.CurrentThread;
                return [];
            }),
            Info(ContributionKind.Engine));
        using IExecutable<float> executable = guarded.CompileParallel(Net());
        using var source = new CancellationTokenSource();

        executable.Run([], [], source.Token).Should().BeEmpty();

        runner.Should().BeSameAs(Thread.CurrentThread);
    }

    [Fact]
    public void CompileParallel_EngineThatCompilesNothing_IsThePluginsFault()
    {
        var guarded = new GuardedEngine(new ParallelEngine(static () => []) { CompilesNothing = true }, Info(ContributionKind.Engine));

        Action act = () => guarded.CompileParallel(Net());

        guarded.Threads.Should().Be(7);
        act.Should().Throw<PluginException>().WithMessage("*PP0506*compiled nothing*");
    }

    [Fact]
    public void Threads_EngineThatIsNoParallelOne_IsOne()
    {
        var guarded = new GuardedEngine(new Engine(), Info(ContributionKind.Engine));

        guarded.Threads.Should().Be(1);
    }

    [Fact]
    public void What_the_machine_lacks_is_no_fault_of_the_plugin()
    {
        foreach (Exception lack in new Exception[] { new JpegLibraryException("it is not there."), new InsufficientMemoryException("full") })
        {
            var guarded = new GuardedEvaluator(new Evaluator(lack), Info(ContributionKind.Evaluator));

            Action act = () => guarded.Evaluate(new EvaluationContext([], null!), CancellationToken.None);

            act.Should().Throw<Exception>().Which.Should().BeSameAs(lack);
        }
    }

    private static ContributionInfo Info(ContributionKind kind) => new("acme.bad", kind, "bad", "Misbehaves", [], []);

    private static Network Net()
    {
        var net = new NetworkBuilder(1, height: 4, width: 4);
        net.Head(net.Conv("input", 6, 1));
        return net.Build();
    }

    private sealed class Format(Func<Network> work) : IModelFormat
    {
        public Network Read(ModelSource source, CancellationToken cancellationToken) => work();

        public ImmutableArray<string> FindObstacles(Network network) => [];

        public void Write(Network network, IModelSink sink, CancellationToken cancellationToken) => work();
    }

    private sealed class Evaluator(Exception fault) : IEvaluator
    {
        public EvaluationNeeds Needs => EvaluationNeeds.None;

        public ImmutableArray<EvaluationResult> Evaluate(EvaluationContext context, CancellationToken cancellationToken) => throw fault;
    }

    private sealed class HeadOf(HeadLayout layout) : IHead
    {
        public HeadLayout Describe(Head head, Shape input) => layout;
    }

    private sealed class Engine : IEngine, IExecutable<float>
    {
        public IExecutable<float> Compile(Network network) => this;

        public ImmutableArray<Batch<float>> Run(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken) => [];

        public void Dispose()
        {
            // Holds nothing.
        }
    }

    private sealed class ParallelEngine(Func<ImmutableArray<Batch<float>>> work) : IParallelEngine, IExecutable<float>
    {
        public int Threads => 7;

        public bool CompilesNothing { get; init; }

        public IExecutable<float> Compile(Network network) => throw new NotSupportedException();

        public IExecutable<float> CompileParallel(Network network) => CompilesNothing ? null! : this;

        public ImmutableArray<Batch<float>> Run(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken) => work();

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
