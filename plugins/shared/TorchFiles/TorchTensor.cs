using System.Globalization;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.Shared.TorchFiles;

/// <summary>A tensor as a view of a storage. What it says has been checked against the storage.</summary>
/// <param name="Storage">Where its elements are.</param>
/// <param name="Offset">The place of the first one.</param>
/// <param name="Sizes">Its extents.</param>
/// <param name="Strides">For each axis, how many elements further the next one is.</param>
internal sealed record TorchTensor(TorchStorage Storage, int Offset, int[] Sizes, int[] Strides)
{
    private const int MostAxes = 8;

    /// <summary>How many elements there are.</summary>
    public int Count => Sizes.Aggregate(1, static (count, size) => count * size);

    /// <summary>Whether its elements stand in a row.</summary>
    public bool IsContiguous
    {
        get
        {
            int contiguous = 1;
            bool isContiguous = true;
            for (int axis = Sizes.Length - 1; axis >= 0; axis--)
            {
                isContiguous &= Sizes[axis] == 1 || Strides[axis] == contiguous;
                contiguous *= Sizes[axis];
            }

            return isContiguous;
        }
    }

    /// <summary>Whether it has all elements of its storage, in their order.</summary>
    public bool IsWholeStorage => Offset == 0 && Count == Storage.Count && IsContiguous;

    /// <summary>Of the same view of the same storage the same text.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Storage.Key} {Storage.Type.Storage} {Storage.Count} {Offset} [{string.Join(',', Sizes)}] [{string.Join(',', Strides)}]");

    /// <summary>The tensor that a value describes, or null where it describes something else.</summary>
    /// <exception cref="TorchFileException">It describes a tensor that cannot be.</exception>
    public static TorchTensor? Of(object? value) => value is PickleObject { Maker.Module: "torch._utils" } made
        ? (made.Maker.Name, made.Arguments.Items) switch
        {
            // Of a parameter the first argument is its tensor, which is no parameter again.
            ("_rebuild_parameter", [PickleObject { Maker.Name: not "_rebuild_parameter" } inner, ..]) => Of(inner),
            ("_rebuild_tensor" or "_rebuild_tensor_v2", [TorchStorage storage, long offset, PickleTuple sizes, PickleTuple strides, ..]) => Of(storage, offset, sizes, strides),
            _ => null,
        }
        : null;

    private static TorchTensor Of(TorchStorage storage, long offset, PickleTuple sizes, PickleTuple strides)
    {
        string where = $"a tensor in storage '{storage.Key}'";
        if (sizes.Items.Count != strides.Items.Count || sizes.Items.Count > MostAxes
            || !sizes.Items.Concat(strides.Items).All(static number => number is >= 0L and <= (long)int.MaxValue) || sizes.Items.Contains(0L))
        {
            throw new TorchFileException($"{where} has sizes and strides that no tensor of a network has: the file is damaged.");
        }

        long count = 1;
        long last = offset;
        for (int axis = 0; axis < sizes.Items.Count; axis++)
        {
            long size = (long)sizes.Items[axis]!;
            count = Math.Min(count * size, int.MaxValue);
            last = Math.Min(last + ((size - 1) * (long)strides.Items[axis]!), long.MaxValue / 2);
        }

        // More elements than its storage has, by going over some again, no network needs: it only takes memory.
        return offset >= 0 && last < storage.Count && count <= storage.Count
            ? new TorchTensor(storage, (int)offset, Numbers(sizes), Numbers(strides))
            : throw new TorchFileException($"{where} asks for elements beyond the {storage.Count} that it has: the file is damaged.");
    }

    private static int[] Numbers(PickleTuple tuple) => [.. tuple.Items.Select(static number => (int)(long)number!)];
}
