using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatResnet.Modules;
using PluginPrune.FormatResnet.Writing;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Writing;

namespace PluginPrune.FormatResnet;

/// <summary>State dictionaries of residual networks, CIFAR's and ImageNet's.</summary>
/// <param name="options">The options of a run.</param>
internal sealed class ResnetFormat(ResnetOptions options) : IModelFormat
{
    /// <summary>Under which name torch's facts of a module hold the channels of zeros of a shortcut, before and behind.</summary>
    public const string PaddingFact = "padding";

    /// <inheritdoc />
    public Network Read(ModelSource source, CancellationToken cancellationToken)
    {
        if (source.WeightsPath is { } weights)
        {
            throw new InputException(weights, null, $"{Path.GetFileName(source.ModelPath)} holds the network with its weights; leave --weights out.");
        }

        try
        {
            using FileStream stream = File.OpenRead(source.ModelPath);
            using var file = TorchFile.Open(stream);
            var dictionary = StateDictionary.Read(file, PaddingFact);
            cancellationToken.ThrowIfCancellationRequested();
            return new NetworkReader(dictionary, options).Read(Path.GetFileNameWithoutExtension(source.ModelPath), Path.GetExtension(source.ModelPath));
        }
        catch (TorchFileException fault)
        {
            throw new InputException(source.ModelPath, null, fault.Message);
        }
        catch (NetworkException fault)
        {
            throw new InputException(source.ModelPath, null, fault.Message);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new InputException(source.ModelPath, null, $"it cannot be read: {denied.Message}");
        }
    }

    /// <inheritdoc />
    public ImmutableArray<string> FindObstacles(Network network) => new DictionaryMaker(network, options).FindObstacles();

    /// <inheritdoc />
    public void Write(Network network, IModelSink sink, CancellationToken cancellationToken)
    {
        StateDictionary dictionary = new DictionaryMaker(network, options).Make();
        using Stream stream = sink.Create(network.Annotations.Find<ResnetFile>()!.Extension);
        StateDictionaryWriter.Write(stream, dictionary, PaddingFact, cancellationToken);
    }
}
