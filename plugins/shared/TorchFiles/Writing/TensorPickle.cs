using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.Shared.TorchFiles.Writing;

/// <summary>Writes a tensor as torch pickles it: how it lies in its storage, which is all of it.</summary>
internal static class TensorPickle
{
    /// <summary>Puts a tensor onto the pickle's stack.</summary>
    /// <param name="pickle">The pickle.</param>
    /// <param name="storage">Which storage it is.</param>
    /// <param name="tensor">The tensor.</param>
    public static void Write(PickleWriter pickle, int storage, Tensor tensor)
    {
        StoredType type = tensor.Type switch { ElementType.F32 => StoredType.Single, ElementType.F16 => StoredType.Half, _ => StoredType.Long };
        pickle.Global("torch._utils", "_rebuild_tensor_v2");
        pickle.Write(PickleCode.Mark);

        pickle.Write(PickleCode.Mark);
        pickle.Text("storage");
        pickle.Global("torch", type.Storage);
        pickle.Text(TorchArchive.Key(storage));
        pickle.Text("cpu");
        pickle.Number(tensor.Count);
        pickle.Write(PickleCode.Tuple);
        pickle.Write(PickleCode.BinPersId);

        pickle.Number(0);
        ImmutableArray<int> sizes = tensor.Shape.Dimensions;
        pickle.Tuple(sizes.Select(static size => (long)size));
        pickle.Tuple(sizes.Select((_, axis) => sizes.Skip(axis + 1).Aggregate(1L, static (stride, size) => stride * size)));
        pickle.Write(PickleCode.NewFalse);
        pickle.OrderedDictionary();
        pickle.Write(PickleCode.Tuple);
        pickle.Write(PickleCode.Reduce);
    }
}
