using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Cli.Eval;

/// <summary>The evaluators that measure on labels: which one suits is for the network's heads to say.</summary>
internal static class LabelEvaluators
{
    public const string Detection = "detection";

    public const string Classification = "classification";

    /// <summary>The one for a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="find">Gives what understands a kind of heads; it may throw a plugin's fault.</param>
    public static string For(Network network, Func<string, IHead> find) =>
        network.Heads.Any(head => find(head.Kind) is IClassificationHead) ? Classification : Detection;
}
