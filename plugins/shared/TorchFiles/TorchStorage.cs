using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.Shared.TorchFiles;

/// <summary>Elements in a row, of which tensors are views.</summary>
/// <param name="Type">What they are.</param>
/// <param name="Key">Its name in the file.</param>
/// <param name="Count">How many there are.</param>
internal sealed record TorchStorage(StoredType Type, string Key, long Count)
{
    /// <summary>How long it is.</summary>
    public long ByteCount => Count * Type.Size;

    /// <summary>The storage that a persistent id names: ('storage', class, key, device, count[, None]).</summary>
    /// <exception cref="TorchFileException">It names none.</exception>
    public static TorchStorage Of(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal { Module: "torch" } type, string key, string, long count, ..] items } || count is < 0 or > int.MaxValue)
        {
            throw new TorchFileException("its pickle refers to something beside it that is no storage of a tensor.");
        }

        if (items is [_, _, _, _, _, not null])
        {
            throw new TorchFileException($"storage '{key}' is a part of another one, which torch before 0.4 wrote. Load it in torch and save it again.");
        }

        StoredType stored = StoredType.Find(type.Name)
            ?? throw new TorchFileException($"storage '{key}' is a torch.{type.Name}, which is not read. Convert the network's tensors to single precision and save it again.");
        var storage = new TorchStorage(stored, key, count);
        return storage.ByteCount <= int.MaxValue
            ? storage
            : throw new TorchFileException($"storage '{key}' would take {storage.ByteCount} bytes; no tensor of a network takes 2 GB.");
    }
}
