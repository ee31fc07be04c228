using System.Collections.Immutable;
using System.Text;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Description;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;
using PluginPrune.Shared.TorchFiles.Writing;

namespace PluginPrune.FormatYolov5.Writing;

/// <summary>Writes a model in one of the forms, with its description beside.</summary>
/// <param name="model">The model.</param>
/// <param name="file">What the file that it was read from held.</param>
/// <param name="sink">Takes the files.</param>
internal sealed class ModelWriter(TorchModule model, ModelFile file, IModelSink sink)
{
    public void Write(FileContent content, CancellationToken cancellationToken)
    {
        switch (content)
        {
            case FileContent.Safetensors:
                using (Stream stream = sink.Create(".safetensors"))
                {
                    SafetensorsFile.Write(stream, Entries(), cancellationToken);
                }

                break;
            case FileContent.StateDict:
                using (Stream stream = sink.Create(".pt"))
                {
                    StateDictionaryWriter.Write(stream, new StateDictionary(Entries()) { Wrapper = file.Wrapper }, "yolov5", cancellationToken);
                }

                break;
            default:
                WriteCheckpoint(cancellationToken);
                break;
        }

        if (model.Attribute("yaml") is PickleDictionary yaml && (content != FileContent.Checkpoint || yaml[ExplicitDescription.WidthsKey] is not null))
        {
            using Stream stream = sink.Create(".yaml");
            stream.Write(Encoding.UTF8.GetBytes(YamlText.Write(WithNames(yaml))));
        }
    }

    /// <summary>As a stripped checkpoint: no optimizer, and of model and moving average the one that counts.</summary>
    private void WriteCheckpoint(CancellationToken cancellationToken)
    {
        var pickle = new PickleWriter();
        var objects = new ObjectWriter(pickle);
        pickle.Write(PickleCode.EmptyDict);
        pickle.Write(PickleCode.Mark);
        pickle.Text("epoch");
        pickle.Number(-1);
        pickle.Text("best_fitness");
        pickle.Write(PickleCode.None);
        pickle.Text("model");
        objects.Write(model);
        foreach (string empty in new[] { "ema", "updates", "optimizer" })
        {
            pickle.Text(empty);
            pickle.Write(PickleCode.None);
        }

        foreach ((string name, object? value) in file.Others)
        {
            pickle.Text(name);
            objects.Write(value);
        }

        pickle.Write(PickleCode.SetItems);
        using Stream stream = sink.Create(".pt");
        TorchArchive.Write(stream, pickle.Finish(), objects.Storages, cancellationToken);
    }

    private ImmutableArray<StateEntry> Entries()
    {
        var entries = ImmutableArray.CreateBuilder<StateEntry>();
        Gather(model, file.Prefix, entries);
        return entries.DrainToImmutable();
    }

    private static void Gather(TorchModule module, string prefix, ImmutableArray<StateEntry>.Builder entries)
    {
        entries.AddRange(module.Parameters.Concat(module.Buffers).Where(static pair => pair.Value is not null).Select(pair => new StateEntry(prefix + pair.Key, pair.Value!)));
        foreach ((string name, TorchModule? child) in module.Children)
        {
            if (child is not null)
            {
                Gather(child, $"{prefix}{name}.", entries);
            }
        }
    }

    /// <summary>A state has no names of classes: they go with the description.</summary>
    private PickleDictionary WithNames(PickleDictionary yaml)
    {
        var named = new PickleDictionary();
        foreach ((object? key, object? value) in yaml.Entries.Where(static entry => entry.Key is not "names"))
        {
            named.Add(key, value);
        }

        object? names = model.Attribute("names") is PickleDictionary numbered ? numbered.Entries.Select(static entry => entry.Value).ToList() : model.Attribute("names");
        named.Add("names", names);
        return named;
    }
}
