using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Plugins;

/// <summary>A model format whose failures bear its plugin's name.</summary>
/// <param name="inner">The plugin's format.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedFormat(IModelFormat inner, ContributionInfo contribution) : IModelFormat
{
    /// <inheritdoc />
    public Network Read(ModelSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        RefuseEndless(source.ModelPath);
        Network network = PluginGuard.Call<Network?, IOException>(contribution, $"Reading {source.ModelPath}", Work, cancellationToken) ?? throw Nothing("no network");
        RefuseRoots(network, source);
        return network;

        Network? Work()
        {
            try
            {
                return AbandonableWork.Run(() => inner.Read(source, cancellationToken), cancellationToken);
            }
            catch (UnauthorizedAccessException denied)
            {
                // The user's file, not the plugin's fault.
                throw new IOException(denied.Message, denied);
            }
        }
    }

    /// <inheritdoc />
    public ImmutableArray<string> FindObstacles(Network network)
    {
        ImmutableArray<string> obstacles = PluginGuard.Call(contribution, "Looking for what it cannot write", () => inner.FindObstacles(network));
        return obstacles.IsDefault ? throw Nothing("no list of obstacles") : obstacles;
    }

    /// <inheritdoc />
    public void Write(Network network, IModelSink sink, CancellationToken cancellationToken)
    {
        PluginGuard.Call<bool, IOException>(contribution, "Writing the network", Work, cancellationToken);

        bool Work()
        {
            inner.Write(network, sink, cancellationToken);
            return true;
        }
    }

    /// <summary>A pipe would be waited for and a device read without end, before a format could say what it found.</summary>
    private static void RefuseEndless(string path)
    {
        bool isEndless;
        try
        {
            isEndless = File.Exists(path) && OrdinaryFile.LengthOf(path) == 0;
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked at cannot be read either, and its format says so.
            return;
        }

        if (isEndless)
        {
            throw new InputException(path, null, $"{OrdinaryFile.NoLength}.");
        }
    }

    /// <summary>Of a variance below 0 there is no root: all that the network computes would be no number.</summary>
    private static void RefuseRoots(Network network, ModelSource source)
    {
        foreach (Node node in network.Nodes)
        {
            if (node.Operation is not BatchNorm norm)
            {
                continue;
            }

            ReadOnlySpan<float> variances = norm.Variance.Floats;
            for (int i = 0; i < variances.Length; i++)
            {
                if (!(variances[i] + norm.Epsilon > 0))
                {
                    throw new InputException(source.WeightsPath ?? source.ModelPath, null, string.Create(
                        CultureInfo.InvariantCulture, $"{node} has a variance of {variances[i]} in channel {i}, of which there is no root; 0 or more was wanted. The file is damaged, or its training went wrong."));
                }
            }
        }
    }

    private PluginException Nothing(string what) =>
        new([PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, $"returned {what}")]);
}
