using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>The network that is to be trained: read, or made anew.</summary>
/// <param name="options">The command's options.</param>
/// <param name="terminal">Takes warnings.</param>
internal sealed class TrainNetwork(TrainOptions options, Terminal terminal)
{
    /// <summary>Where it comes from.</summary>
    /// <exception cref="UsageException">The options contradict each other, or a file is not there.</exception>
    public ModelSource SourceIn(ParseResult result)
    {
        bool isNew = result.GetValue(options.FromScratch);
        if (isNew && result.GetValue(options.Network.Weights) is not null)
        {
            throw new UsageException($"{options.FromScratch.Name} begins with random weights, and {options.Network.Weights.Name} names others. Leave one.");
        }

        ModelSource source = options.Network.SourceIn(result, terminal.Warn) with { IsUntrained = isNew };
        string beside = Path.ChangeExtension(source.ModelPath, ".weights");
        return !isNew && source.WeightsPath is null && source.ModelPath.EndsWith(".cfg", StringComparison.OrdinalIgnoreCase) && !File.Exists(beside)
            ? throw new UsageException($"There are no weights to begin with: {beside} is not there. Name others with {options.Network.Weights.Name}, or begin from nothing with {options.FromScratch.Name}.")
            : source;
    }

    /// <summary>Reads it.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="format">Reads it.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="dataset">What it is to learn; its classes' names become the network's where that has none.</param>
    /// <param name="findHead">Gives what understands a kind of heads.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public Network Read(
        ParseResult result, IModelFormat format, ModelSource source, Dataset dataset, Func<string, IHead> findHead, CancellationToken cancellationToken)
    {
        NetworkAdjustment adjustment = options.Adjustment.In(result);
        Network network = adjustment.Apply(format.Read(source, cancellationToken), source.ModelPath, terminal.Warn);
        if (result.GetValue(options.DataClasses))
        {
            network = WithClassesOf(dataset, network, format, findHead, result.GetValue(options.Seed));
        }

        if (source.IsUntrained)
        {
            network = HeadPriors.Apply(NetworkInitializer.Initialize(network, result.GetValue(options.Seed)), findHead);
        }

        int? classes = network.Heads is [var head, ..] ? findHead(head.Kind).Describe(head, network.ShapeOf(head.Input)).Classes : null;
        return network.ClassNames.IsEmpty && dataset.ClassNames.Length == classes ? Named(network, dataset.ClassNames) : network;
    }

    /// <summary>The layers that keep their weights.</summary>
    public ImmutableHashSet<string> FrozenIn(ParseResult result, Network network)
    {
        int count = result.GetValue(options.Freeze);
        string[] layers = [.. network.Nodes.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal)];
        if (count >= layers.Length)
        {
            throw new UsageException($"{options.Freeze.Name} {count} leaves nothing to train: '{network.Name}' has {layers.Length} layers.");
        }

        var frozen = layers.Take(count).ToHashSet(StringComparer.Ordinal);
        return [.. network.Nodes.Where(node => frozen.Contains(node.Origin.Layer)).Select(static node => node.Id)];
    }

    /// <exception cref="UsageException">The data do not name their classes, or the format could not write the network then.</exception>
    private Network WithClassesOf(Dataset dataset, Network network, IModelFormat format, Func<string, IHead> findHead, int seed)
    {
        if (dataset.ClassNames.IsEmpty)
        {
            throw new UsageException($"{options.DataClasses.Name} takes the classes of {dataset.Name}, which has no names for them.");
        }

        if (network.ClassNames.SequenceEqual(dataset.ClassNames, StringComparer.Ordinal))
        {
            return network;
        }

        Network changed = new ClassTransfer(network, findHead, seed).To(dataset.ClassNames, out ImmutableArray<string> kept);
        if (format.FindObstacles(changed) is [var obstacle, ..])
        {
            throw new UsageException($"{options.DataClasses.Name}: '{network.Name}' could not be written with {dataset.ClassNames.Length} classes. {obstacle}");
        }

        terminal.Note($"Heads learn {dataset.ClassNames.Length} classes of {dataset.Name}; {(kept.IsEmpty ? "none of them is" : $"{string.Join(", ", kept)} {(kept.Length == 1 ? "is" : "are")}")} known to '{network.Name}' already.");
        return changed;
    }

    private static Network Named(Network network, ImmutableArray<string> names) => new(network.Name, network.Inputs, network.Nodes, network.Heads)
    {
        ClassNames = names,
        Annotations = network.Annotations,
    };
}
