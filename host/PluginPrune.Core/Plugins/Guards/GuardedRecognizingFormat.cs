using System.Collections.Immutable;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Plugins;

/// <summary>A model format that knows its files, and whose failures bear its plugin's name.</summary>
/// <param name="inner">The plugin's format.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedRecognizingFormat(IRecognizingFormat inner, ContributionInfo contribution) : IRecognizingFormat
{
    private readonly GuardedFormat _format = new(inner, contribution);

    /// <inheritdoc />
    public bool Recognizes(string modelPath) => PluginGuard.Call<bool, IOException>(
        contribution,
        $"Looking at {modelPath}",
        () =>
        {
            try
            {
                // What is no ordinary file is refused when it is read.
                return OrdinaryFile.LengthOf(modelPath) > 0 && inner.Recognizes(modelPath);
            }
            catch (UnauthorizedAccessException denied)
            {
                // The user's file, not the plugin's fault.
                throw new IOException(denied.Message, denied);
            }
        },
        CancellationToken.None);

    /// <inheritdoc />
    public Network Read(ModelSource source, CancellationToken cancellationToken) => _format.Read(source, cancellationToken);

    /// <inheritdoc />
    public ImmutableArray<string> FindObstacles(Network network) => _format.FindObstacles(network);

    /// <inheritdoc />
    public void Write(Network network, IModelSink sink, CancellationToken cancellationToken) => _format.Write(network, sink, cancellationToken);
}
