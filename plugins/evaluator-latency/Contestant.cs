using System.Diagnostics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EvaluatorLatency;

/// <summary>A network ready to be measured.</summary>
internal sealed class Contestant : IDisposable
{
    private readonly IExecutable<float> _executable;
    private readonly Batch<float>[] _input;
    private readonly string[] _outputs;
    private readonly List<double> _times = [];

    public Contestant(EvaluationContext context, EvaluationSubject subject, LatencyOptions options, CancellationToken cancellationToken)
    {
        IEngine engine = subject.Engine ?? throw new EvaluationException($"Nothing runs '{subject.Name}': time is measured with an engine.");
        Subject = subject;
        Network = subject.Network;
        if (Network.Inputs.Length != 1)
        {
            throw new EvaluationException($"The network '{subject.Name}' takes {Network.Inputs.Length} inputs; time is measured of networks that take one picture.");
        }

        _outputs = [.. Network.Outputs];

        // What is on the pictures makes no difference to the time; generated ones need no dataset.
        var pictures = new EvaluationContext(context.Subjects, context.Services) { Seed = context.Seed };
        _input = [context.Services.ReadBatches(pictures, Network, options.Batch, cancellationToken).First()];
        _executable = engine.Compile(Network);
    }

    /// <summary>The network and its engine.</summary>
    public EvaluationSubject Subject { get; }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The times of all measured runs, in milliseconds a picture.</summary>
    public IReadOnlyList<double> Times => _times;

    /// <summary>How long all measured runs took together.</summary>
    public double MeasuredMilliseconds { get; private set; }

    /// <summary>The engine's ability to tell where time goes, or null.</summary>
    public IProfilingExecutable? Profiler => _executable as IProfilingExecutable;

    /// <summary>Runs once.</summary>
    public void Run(bool isMeasured, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        _executable.Run(_input, _outputs, cancellationToken);
        if (isMeasured)
        {
            double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            MeasuredMilliseconds += elapsed;
            _times.Add(elapsed / _input[0].Size);
        }
    }

    /// <summary>Runs once and tells the time of each node, in milliseconds a picture.</summary>
    public IEnumerable<NodeTime> Profile(CancellationToken cancellationToken) =>
        Profiler!.Profile(_input, _outputs, cancellationToken).Select(time => time with { Milliseconds = time.Milliseconds / _input[0].Size });

    public void Dispose() => _executable.Dispose();
}
