using System.Collections.Immutable;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Checkpoints;

/// <summary>What a checkpoint holds: the model, of a training its moving average, which is what is measured.</summary>
/// <param name="Model">The model.</param>
/// <param name="Others">What lies beside it and is plain, such as the date and the options of the training.</param>
internal sealed record Checkpoint(TorchModule Model, ImmutableArray<KeyValuePair<string, object?>> Others)
{
    // In the order of preference.
    private static readonly string[] Keys = ["ema", "model"];

    // What a stripped checkpoint has anew, and what belongs to a training that does not go on.
    private static readonly string[] Dropped = ["ema", "model", "epoch", "best_fitness", "updates", "optimizer", "training_results", "scaler", "scheduler"];

    /// <summary>Reads it.</summary>
    /// <returns>Null where the file holds tensors by name and no modules.</returns>
    /// <exception cref="TorchFileException">It holds neither.</exception>
    public static Checkpoint? Read(TorchFile file)
    {
        PickleDictionary? top = PickleDictionary.Of(file.Root);
        object? found = ModuleReader.IsModule(file.Root) ? file.Root : Keys.Select(key => top?[key]).FirstOrDefault(ModuleReader.IsModule);
        if (found is not null)
        {
            var plain = new PlainValues(file);
            var others = ImmutableArray.CreateBuilder<KeyValuePair<string, object?>>();
            foreach ((object? key, object? value) in top?.Entries ?? [])
            {
                if (key is string name && !Dropped.Contains(name) && plain.TryCopy(value, out object? copy))
                {
                    others.Add(KeyValuePair.Create(name, copy));
                }
            }

            return new Checkpoint(new ModuleReader(file).Read(found), others.DrainToImmutable());
        }

        // A dictionary of tensors, perhaps in another one.
        return top is not null && top.Entries.Any(static entry => TorchTensor.Of(entry.Value) is not null || PickleDictionary.Of(entry.Value)?.Entries.Any(static inner => TorchTensor.Of(inner.Value) is not null) == true)
            ? null
            : throw new TorchFileException("it holds no model: neither is it one, nor has it one under 'ema' or 'model', as checkpoints of YOLOv5 do, nor tensors by name.");
    }
}
