using System.Collections.Immutable;
using PluginPrune.FormatYolov5.Modules;

namespace PluginPrune.FormatYolov5.Writing;

/// <summary>Changes a tree of modules. What does not change stays the same object, and so stays one where it stands in several places.</summary>
internal static class ModelTree
{
    private const string List = "model";

    /// <summary>Changes every module below the list of layers, from the inside out.</summary>
    /// <param name="model">The whole model.</param>
    /// <param name="change">Takes the path below the list, for instance '2.cv1.conv', and the module with its changed parts; null takes it out.</param>
    public static TorchModule Change(TorchModule model, Func<string, TorchModule, TorchModule?> change)
    {
        TorchModule list = model.Child(List)!;
        TorchModule changed = Children(string.Empty, list, change);
        return model.Copy(children: [.. model.Children.Select(pair => pair.Key == List ? KeyValuePair.Create(pair.Key, (TorchModule?)changed) : pair)]);
    }

    private static TorchModule Children(string path, TorchModule module, Func<string, TorchModule, TorchModule?> change)
    {
        var children = ImmutableArray.CreateBuilder<KeyValuePair<string, TorchModule?>>(module.Children.Length);
        bool hasChanged = false;
        foreach ((string name, TorchModule? child) in module.Children)
        {
            if (child is null)
            {
                children.Add(KeyValuePair.Create(name, child));
                continue;
            }

            string place = path.Length == 0 ? name : $"{path}.{name}";
            TorchModule? left = change(place, Children(place, child, change));
            hasChanged |= !ReferenceEquals(left, child);
            if (left is not null)
            {
                children.Add(KeyValuePair.Create(name, (TorchModule?)left));
            }
        }

        return hasChanged ? module.Copy(children: children.DrainToImmutable()) : module;
    }
}
