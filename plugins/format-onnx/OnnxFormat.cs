using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading;
using PluginPrune.FormatOnnx.Reading.Files;
using PluginPrune.FormatOnnx.Reading.Interface;
using PluginPrune.FormatOnnx.Wire;
using PluginPrune.FormatOnnx.Writing;

namespace PluginPrune.FormatOnnx;

/// <summary>The .onnx file.</summary>
/// <param name="options">The options of a run.</param>
internal sealed class OnnxFormat(OnnxOptions options) : IModelFormat
{
    public const string Extension = ".onnx";

    // Names of a damaged file may be as long as the file.
    private const int LongestMessage = 1000;

    /// <inheritdoc />
    public Network Read(ModelSource source, CancellationToken cancellationToken)
    {
        ThrowIfBigEndian();
        if (source.WeightsPath is { } weights)
        {
            throw new InputException(weights, null, $"{Path.GetFileName(source.ModelPath)} holds the network with its weights, or names their file; leave --weights out.");
        }

        try
        {
            StoredModel model = ModelFile.Read(source.ModelPath);
            cancellationToken.ThrowIfCancellationRequested();
            return new ModelReader(model, options, source).Read(Path.GetFileNameWithoutExtension(source.ModelPath), new ExternalFiles(source.ModelPath), cancellationToken);
        }
        catch (Exception fault) when (fault is OnnxFileException or NetworkException)
        {
            throw new InputException(source.ModelPath, null, Shortened(fault.Message));
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new InputException(source.ModelPath, null, $"it cannot be read: {denied.Message}");
        }
    }

    /// <inheritdoc />
    public ImmutableArray<string> FindObstacles(Network network) => new ObstacleFinder(network, options).Find();

    /// <inheritdoc />
    public void Write(Network network, IModelSink sink, CancellationToken cancellationToken)
    {
        ThrowIfBigEndian();
        ImmutableArray<string> obstacles = FindObstacles(network);
        if (!obstacles.IsEmpty)
        {
            throw new InvalidOperationException($"The network cannot be written as ONNX: {string.Join(' ', obstacles)}");
        }

        OnnxModel model = ModelBuilder.Build(network, options);
        using Stream stream = sink.Create(Extension);
        WireWriter.Write(model, stream, cancellationToken);
    }

    private static string Shortened(string message) => message.Length <= LongestMessage ? message : message[..LongestMessage] + "...";

    private static void ThrowIfBigEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("ONNX files are little endian; this machine is not.");
        }
    }
}
