using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Evaluation;

/// <summary>What a user changes of a network for a run, without writing it: its size, how pictures are fitted, its classes' names.</summary>
public sealed record NetworkAdjustment
{
    /// <summary>A file with the names of the classes, one on each line; null for those that the model's files tell.</summary>
    public string? NamesPath { get; init; }

    /// <summary>The size of the pictures that it takes; null for the model's own.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>How pictures are fitted; null for the model's own way.</summary>
    public ResizeMode? Resize { get; init; }

    /// <summary>Makes the changed network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="modelPath">The file that it was read from; a file of the same name ending in .names beside it names the classes where nothing else does.</param>
    /// <param name="warn">Takes a sentence where that file does not fit.</param>
    /// <exception cref="InputException">The names do not fit the network.</exception>
    /// <exception cref="EvaluationException">The network cannot take pictures of that size.</exception>
    public Network Apply(Network network, string modelPath, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(warn);
        Network sized = Resized(network);
        return new Network(sized.Name, Resize is { } mode ? sized.Inputs.Select(input => input with { Preprocessing = input.Preprocessing with { Resize = mode } }) : sized.Inputs, sized.Nodes, sized.Heads)
        {
            ClassNames = NamesOf(sized, modelPath, warn),
            Annotations = sized.Annotations,
        };
    }

    private Network Resized(Network network)
    {
        if (Size is not { } size)
        {
            return network;
        }

        try
        {
            return network.WithInputSize(size.Height, size.Width);
        }
        catch (NetworkException misfit)
        {
            throw new EvaluationException($"'{network.Name}' does not take pictures of {size.Width} x {size.Height}: {misfit.Message} Multiples of 32 usually do.");
        }
        catch (ArgumentOutOfRangeException)
        {
            // A tensor of more than two thousand million numbers.
            throw new EvaluationException($"'{network.Name}' does not take pictures of {size.Width} x {size.Height}: they are too large.");
        }
    }

    private ImmutableArray<string> NamesOf(Network network, string modelPath, Action<string> warn)
    {
        if (NamesPath is not null)
        {
            return ClassNameFile.Read(NamesPath, network);
        }

        string beside = Path.ChangeExtension(modelPath, ".names");
        if (!network.ClassNames.IsEmpty || !File.Exists(beside))
        {
            return network.ClassNames;
        }

        try
        {
            return ClassNameFile.Read(beside, network);
        }
        catch (InputException misfit)
        {
            // Found beside the model, not asked for.
            warn($"{misfit.Message} The file is not used.");
            return [];
        }
    }
}
