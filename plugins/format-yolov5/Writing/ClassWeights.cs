using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Graph;
using PluginPrune.FormatYolov5.Modules;

namespace PluginPrune.FormatYolov5.Writing;

/// <summary>What a training noted of how rare each class was among its labels. It is for the next training alone, which counts its own labels.</summary>
internal static class ClassWeights
{
    public const string Name = "class_weights";

    /// <summary>The model with the numbers of the classes that are left: they are told apart by their names. Where names do not tell, it goes without.</summary>
    /// <param name="model">The model, with the names that it was read with.</param>
    /// <param name="weights">A number for each class that there was.</param>
    /// <param name="left">The names of the classes that are left.</param>
    public static TorchModule Crop(TorchModule model, Tensor weights, ImmutableArray<string> left)
    {
        ImmutableArray<string> all = Names.Of(model.Attribute("names"), weights.Count, static _ => { });
        int[] places = [.. left.Select(name => all.IndexOf(name))];
        bool isKnown = places.Length > 0 && all.Distinct(StringComparer.Ordinal).Count() == all.Length && Array.TrueForAll(places, static place => place >= 0);
        return isKnown ? model.With(Name, Rows(weights, places)) : model.Copy(attributes: [.. model.Attributes.Where(static pair => pair.Key != Name)]);
    }

    private static Tensor Rows(Tensor weights, int[] places)
    {
        int size = weights.ElementSize;
        byte[] rows = new byte[places.Length * size];
        for (int i = 0; i < places.Length; i++)
        {
            weights.Bytes.Slice(places[i] * size, size).CopyTo(rows.AsSpan(i * size));
        }

        return Tensor.FromBytes(new Shape(places.Length), weights.Type, rows);
    }
}
