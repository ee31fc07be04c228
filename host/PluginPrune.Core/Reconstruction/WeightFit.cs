using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Recalibration;

namespace PluginPrune.Core.Reconstruction;

/// <summary>
/// Fits the weights of what reads fewer channels than before, layer by layer from the input on, so that its outputs are as near
/// to the whole network's as they can be on some pictures (He et al. 2017, 'Channel Pruning for Accelerating Very Deep Neural
/// Networks', section 3.1, reconstruction). No labels, and no training.
/// </summary>
/// <param name="engine">Runs both networks.</param>
/// <param name="plan">By which the network was pruned.</param>
/// <param name="pictures">Batches of pictures, gone through several times, the same each time.</param>
/// <param name="count">About how many pictures they are.</param>
internal sealed class WeightFit(IEngine engine, PruningPlan plan, IEnumerable<Batch<float>> pictures, int count)
{
    // Squares of so many numbers are held, twice.
    private const int MostInputs = 12_288;

    private PictureValues? _whole;

    /// <summary>What leaving the old weights costs, in mean variances of an input.</summary>
    public double Damping { get; init; } = 0.1;

    /// <summary>Draws the places of the pictures that are looked at.</summary>
    public int Seed { get; init; }

    /// <summary>The most bytes that values of the whole network take, see <see cref="BatchNormRecalibrator.MemoryBytes"/>.</summary>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>On how many threads.</summary>
    public ParallelOptions Parallel { get; init; } = new();

    /// <summary>
    /// The layers that are fitted: convolutions over several channels and linear layers that have lost some of them, and whose
    /// outputs have at most 12,288 inputs each.
    /// </summary>
    /// <param name="network">The pruned network.</param>
    public IEnumerable<Node> LayersOf(Network network) => network.Nodes.Where(node =>
        node.Operation is Linear or Convolution { IsDepthwise: false }
        && new PatchReader(node.Operation, network.ShapeOf(node.Inputs[0]), network.ShapeOf(node.Id)).Taps <= MostInputs
        && plan.Network.Find(node.Id) is { } whole
        && plan.KeepOf(whole.Inputs[0]).Contains(false));

    /// <summary>Fits the layers of a step.</summary>
    /// <param name="network">The pruned network, with what was fitted before.</param>
    /// <param name="step">The layers, and where both networks are cut.</param>
    /// <param name="pending">All layers that are not fitted yet.</param>
    /// <param name="values">What is at hand of the pruned network; moves on where memory allows.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The layers with their new weights, by their ids; those for which none were found are left out.</returns>
    /// <exception cref="RecalibrationException">What a layer reads or makes is not finite.</exception>
    public Dictionary<string, Operation> Fit(
        Network network, RecalibrationStep step, HashSet<string> pending, PictureValues values, CancellationToken cancellationToken)
    {
        RecalibrationStep wholeStep = RecalibrationStep.Next(plan.Network, pending);
        LayerProblem[] problems = [.. step.Layers.Select(layer => new LayerProblem(
            network, layer, plan, (step, wholeStep), count, ((ulong)Seed << 32) + (ulong)plan.Network.Nodes.IndexOf(plan.Network[layer.Id]), Parallel))];

        string[] wanted = [.. problems.SelectMany(static problem => new[] { problem.Id, problem.WholeShortcut }).OfType<string>().Distinct(StringComparer.Ordinal)];
        _whole ??= new PictureValues(plan.Network.Inputs[0].Name, pictures, MemoryBytes);
        int first = 0;
        foreach (Dictionary<string, Batch<float>> known in new ValueRun(engine, plan.Network, _whole).Execute(wanted, wholeStep.Frontier, cancellationToken))
        {
            foreach (LayerProblem problem in problems)
            {
                problem.Want(known[problem.Id], problem.WholeShortcut is { } shortcut ? known[shortcut] : null, first);
            }

            first += known[wanted[0]].Size;
        }

        string[] seen = [.. problems.SelectMany(static problem => new[] { problem.Input, problem.Shortcut }).OfType<string>().Distinct(StringComparer.Ordinal)];
        NormalEquations[][] equations = [.. problems.Select(static problem => problem.Begin())];
        first = 0;
        foreach (Dictionary<string, Batch<float>> known in new ValueRun(engine, network, values).Execute(seen, step.Frontier, cancellationToken))
        {
            for (int i = 0; i < problems.Length; i++)
            {
                problems[i].See(equations[i], known[problems[i].Input], problems[i].Shortcut is { } shortcut ? known[shortcut] : null, first);
            }

            first += known[seen[0]].Size;
        }

        var fitted = new Dictionary<string, Operation>(StringComparer.Ordinal);
        for (int i = 0; i < problems.Length; i++)
        {
            if (problems[i].Solve(equations[i], Damping) is { } operation)
            {
                fitted.Add(problems[i].Id, operation);
            }
        }

        return fitted;
    }
}
