using System.Collections.Immutable;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;

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
        return PluginGuard.Call<Network?, IOException>(contribution, $"Reading {source.ModelPath}", Work, cancellationToken) ?? throw Nothing("no network");

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

    private PluginException Nothing(string what) =>
        new([PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, $"returned {what}")]);
}
