using System.Collections.Immutable;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Checkpoints;
using PluginPrune.FormatYolov5.Reading;
using PluginPrune.FormatYolov5.Writing;

namespace PluginPrune.FormatYolov5;

/// <summary>YOLOv5's models.</summary>
/// <param name="options">The options of a run.</param>
internal sealed class Yolov5Format(Yolov5Options options) : IRecognizingFormat
{
    /// <inheritdoc />
    public bool Recognizes(string modelPath) => Recognition.Look(modelPath);

    /// <inheritdoc />
    public Network Read(ModelSource source, CancellationToken cancellationToken) => new ModelReader(source).Read(cancellationToken);

    /// <inheritdoc />
    public ImmutableArray<string> FindObstacles(Network network) => ObstacleFinder.Find(network);

    /// <inheritdoc />
    public void Write(Network network, IModelSink sink, CancellationToken cancellationToken)
    {
        ImmutableArray<string> obstacles = FindObstacles(network);
        if (!obstacles.IsEmpty)
        {
            throw new InvalidOperationException($"The network cannot be written as a model of YOLOv5: {string.Join(' ', obstacles)}");
        }

        ModelFile file = network.Annotations.Find<ModelFile>()!;
        new ModelWriter(new ModelUpdater(network).Update(), file, sink).Write(options.Content ?? file.Content, cancellationToken);
    }
}
