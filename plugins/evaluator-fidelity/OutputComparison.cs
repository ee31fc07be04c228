using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EvaluatorFidelity;

/// <summary>Runs all networks on the same pictures and compares their raw outputs with the first's.</summary>
internal sealed class OutputComparison
{
    private readonly ImmutableArray<EvaluationSubject> _subjects;
    private readonly OutputSums[][] _sums;

    private OutputComparison(ImmutableArray<EvaluationSubject> subjects)
    {
        _subjects = subjects;
        _sums = [.. subjects.Select(subject => new OutputSums[subject.Network.Outputs.Length])];
    }

    /// <summary>For each network, and each output in the network's order, the sums over all pictures.</summary>
    public IReadOnlyList<OutputSums[]> Sums => _sums;

    /// <summary>Compares.</summary>
    /// <param name="context">The networks, and where pictures come from.</param>
    /// <param name="pictures">How many pictures.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="EvaluationException">The networks' inputs or outputs are not of the same shapes.</exception>
    public static OutputComparison Run(EvaluationContext context, int pictures, Action<double> progress, CancellationToken cancellationToken)
    {
        Check(context.Subjects);
        var comparison = new OutputComparison(context.Subjects);
        comparison.Compare(context, pictures, progress, cancellationToken);
        return comparison;
    }

    private static void Check(ImmutableArray<EvaluationSubject> subjects)
    {
        EvaluationSubject first = subjects[0];
        string wanted = Shapes(first.Network);
        foreach (EvaluationSubject subject in subjects)
        {
            if (subject.Engine is null)
            {
                throw new EvaluationException($"Nothing runs '{subject.Name}': outputs are computed by an engine.");
            }

            if (Shapes(subject.Network) is var found && found != wanted)
            {
                throw new EvaluationException($"Outputs are compared of networks that take and give the same shapes: '{first.Name}' has {wanted}, '{subject.Name}' {found}.");
            }
        }
    }

    private static string Shapes(Network network) =>
        $"{string.Join(", ", network.Inputs.Select(static input => input.Shape))} -> {string.Join(", ", network.Outputs.Select(network.ShapeOf))}";

    private void Compare(EvaluationContext context, int pictures, Action<double> progress, CancellationToken cancellationToken)
    {
        var executables = new List<IExecutable<float>>();
        try
        {
            foreach (EvaluationSubject subject in _subjects)
            {
                executables.Add(subject.Engine!.Compile(subject.Network));
            }

            int done = 0;
            foreach (Batch<float> batch in context.Services.ReadBatches(context, _subjects[0].Network, 1, cancellationToken))
            {
                Add(executables, batch, cancellationToken);
                progress((double)++done / pictures);
                if (done == pictures)
                {
                    break;
                }
            }
        }
        finally
        {
            executables.ForEach(static executable => executable.Dispose());
        }
    }

    private void Add(List<IExecutable<float>> executables, Batch<float> picture, CancellationToken cancellationToken)
    {
        ImmutableArray<Batch<float>> reference = [];
        for (int i = 0; i < executables.Count; i++)
        {
            ImmutableArray<Batch<float>> outputs = executables[i].Run([picture], _subjects[i].Network.Outputs, cancellationToken);
            reference = i == 0 ? outputs : reference;
            for (int head = 0; head < outputs.Length; head++)
            {
                _sums[i][head] += OutputSums.Of(reference[head].Elements, outputs[head].Elements, reference[head].Shape.ElementsPerChannel);
            }
        }
    }
}
