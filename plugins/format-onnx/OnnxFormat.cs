using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Wire;
using PluginPrune.FormatOnnx.Writing;

namespace PluginPrune.FormatOnnx;

/// <summary>The .onnx file. It is written and, so far, not read.</summary>
/// <param name="options">The options of a run.</param>
internal sealed class OnnxFormat(OnnxOptions options) : IModelFormat
{
    public const string Extension = ".onnx";

    /// <inheritdoc />
    public Network Read(ModelSource source, CancellationToken cancellationToken) =>
        throw new InputException(source.ModelPath, null, "ONNX files are written and not read yet. Give the network in the format that it was made in.");

    /// <inheritdoc />
    public ImmutableArray<string> FindObstacles(Network network) => new ObstacleFinder(network, options).Find();

    /// <inheritdoc />
    public void Write(Network network, IModelSink sink, CancellationToken cancellationToken)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("ONNX files are little endian; this machine is not.");
        }

        ImmutableArray<string> obstacles = FindObstacles(network);
        if (!obstacles.IsEmpty)
        {
            throw new InvalidOperationException($"The network cannot be written as ONNX: {string.Join(' ', obstacles)}");
        }

        OnnxModel model = ModelBuilder.Build(network, options);
        using Stream stream = sink.Create(Extension);
        WireWriter.Write(model, stream, cancellationToken);
    }
}
