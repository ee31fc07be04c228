using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Detecting;

namespace PluginPrune.Cli.Eval;

/// <summary>The evaluators that measure on labels: which one suits is for the network's heads to say.</summary>
internal static class LabelEvaluators
{
    public const string Detection = "detection";

    public const string Classification = "classification";

    public const string Fidelity = "fidelity";

    /// <summary>The one for a network and pictures: where heads and labels do not go together, how far outputs are apart.</summary>
    /// <param name="network">The network.</param>
    /// <param name="dataset">The pictures, or null.</param>
    /// <param name="find">Gives what understands a kind of heads; it may throw a plugin's fault.</param>
    public static string SuitedTo(Network network, Dataset? dataset, Func<string, IHead> find) =>
        dataset is null ? Fidelity
        : dataset.Items.Any(static item => item.ClassIndex is not null) && For(network, find) == Classification ? Classification
        : dataset.Items.Any(static item => !item.Labels.IsEmpty) && FindsObjects(network, find) ? Detection
        : Fidelity;

    /// <summary>The one for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="find">Gives what understands a kind of heads; it may throw a plugin's fault.</param>
    public static string For(Network network, Func<string, IHead> find) =>
        network.Heads.Any(head => find(head.Kind) is IClassificationHead) ? Classification : Detection;

    /// <summary>Whether a network tells of objects and where they are.</summary>
    /// <param name="network">The network.</param>
    /// <param name="find">Gives what understands a kind of heads; it may throw a plugin's fault.</param>
    public static bool FindsObjects(Network network, Func<string, IHead> find)
    {
        try
        {
            DetectionHeads.Of(network, find);
            return true;
        }
        catch (Exception fault) when (fault is EvaluationException or HeadException)
        {
            return false;
        }
    }
}
