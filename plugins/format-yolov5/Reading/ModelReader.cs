using System.Collections.Immutable;
using System.Text;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Checkpoints;
using PluginPrune.FormatYolov5.Description;
using PluginPrune.FormatYolov5.Graph;
using PluginPrune.FormatYolov5.Making;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.FormatYolov5.Writing;
using PluginPrune.Shared.Files;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Reading;

/// <summary>Reads a model in any of its forms.</summary>
/// <param name="source">The files.</param>
internal sealed class ModelReader(ModelSource source)
{
    private static readonly string[] WeightExtensions = [".pt", ".pth", ".safetensors"];

    /// <exception cref="InputException">A file is missing or is not what it must be.</exception>
    public Network Read(CancellationToken cancellationToken)
    {
        if (Path.GetExtension(source.ModelPath).Equals(".yaml", StringComparison.OrdinalIgnoreCase))
        {
            return ReadDescribed(cancellationToken);
        }

        return source.WeightsPath is { } weights
            ? throw new InputException(weights, null, $"{Path.GetFileName(source.ModelPath)} holds the network with its weights; leave --weights out.")
            : In(source.ModelPath, () => ReadWeights(source.ModelPath, null, cancellationToken));
    }

    /// <summary>A description with the state beside it, or with none where the network is to be trained from nothing.</summary>
    private Network ReadDescribed(CancellationToken cancellationToken)
    {
        PickleDictionary yaml = In(source.ModelPath, () => YamlText.Parse(ReadText(source.ModelPath)));
        if (source.IsUntrained)
        {
            return In(source.ModelPath, () => Named(Build(new ModelFactory(ModelDescription.Of(yaml), new NoWeights()).Make(yaml), FileContent.Checkpoint), yaml));
        }

        string weights = source.WeightsPath
            ?? WeightExtensions.Select(extension => Path.ChangeExtension(source.ModelPath, extension)).FirstOrDefault(File.Exists)
            ?? throw new InputException(source.ModelPath, null, $"it describes a network, and no weights lie beside it ({string.Join(", ", WeightExtensions)}). Name them with --weights.");
        return In(weights, () => ReadWeights(weights, yaml, cancellationToken));
    }

    private Network ReadWeights(string path, PickleDictionary? yaml, CancellationToken cancellationToken)
    {
        if (OrdinaryFile.LengthOf(path) == 0)
        {
            throw new TorchFileException("it is empty, or a pipe or a device.");
        }

        using FileStream stream = File.OpenRead(path);
        if (Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            return BuildState(SafetensorsFile.Read(stream), yaml ?? Beside(path), FileContent.Safetensors, wrapper: null);
        }

        using var file = TorchFile.Open(stream);
        KnownGlobals.Check(file.Globals);
        if (Checkpoint.Read(file) is { } checkpoint)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Build(checkpoint.Model, FileContent.Checkpoint, checkpoint.Others);
        }

        var state = StateDictionary.Read(file, string.Empty);
        cancellationToken.ThrowIfCancellationRequested();
        return BuildState(state.Entries, yaml ?? Beside(path), FileContent.StateDict, state.Wrapper);
    }

    private Network BuildState(ImmutableArray<StateEntry> entries, PickleDictionary? yaml, FileContent content, string? wrapper)
    {
        TorchModule model = StateReader.Read(entries, yaml, out string prefix);
        Network network = Build(model, content);
        ModelFile file = network.Annotations.Find<ModelFile>()! with { Wrapper = wrapper, Prefix = prefix };
        return Named(
            new Network(network.Name, network.Inputs, network.Nodes, network.Heads) { ClassNames = network.ClassNames, Annotations = network.Annotations.With(file) }, yaml);
    }

    /// <summary>Without the names that were made up where the description has none.</summary>
    private static Network Named(Network network, PickleDictionary? yaml) => yaml?["names"] is not null
        ? network
        : new Network(network.Name, network.Inputs, network.Nodes, network.Heads) { Annotations = network.Annotations };

    private Network Build(TorchModule model, FileContent content, ImmutableArray<KeyValuePair<string, object?>> others = default)
    {
        Network network = new NetworkBuilder(model).Build(Path.GetFileNameWithoutExtension(source.ModelPath), source.Warn);
        var file = ModelFile.Of(model, network, content);
        return new Network(network.Name, network.Inputs, network.Nodes, network.Heads)
        {
            ClassNames = network.ClassNames,
            Annotations = network.Annotations.With(file with { Others = others.IsDefault ? [] : others }),
        };
    }

    /// <summary>The description of the same name, where there is one.</summary>
    private static PickleDictionary? Beside(string path)
    {
        string yaml = Path.ChangeExtension(path, ".yaml");
        return File.Exists(yaml) ? In(yaml, () => YamlText.Parse(ReadText(yaml))) : null;
    }

    private static string ReadText(string path)
    {
        const int Longest = 1 << 20;
        return new FileInfo(path).Length <= Longest ? File.ReadAllText(path, Encoding.UTF8) : throw new TorchFileException("it is longer than any description of a model.");
    }

    private static T In<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is TorchFileException or NetworkException)
        {
            throw new InputException(path, null, fault.Message);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, null, $"it cannot be read: {denied.Message}");
        }
    }
}
