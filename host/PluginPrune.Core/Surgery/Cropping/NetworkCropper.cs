using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Surgery;

/// <summary>Crops detectors: whole levels go with all that only they need, and classes with the channels that score them.</summary>
/// <param name="findHead">Gives what understands a kind of heads.</param>
public sealed class NetworkCropper(Func<string, IHead> findHead)
{
    /// <summary>Crops a network as a user asks.</summary>
    /// <param name="network">The network, with the names of its classes where they are known.</param>
    /// <param name="request">What is to go.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="CropException">A level or class is not there, or nothing would be left.</exception>
    /// <exception cref="HeadException">A head cannot do with fewer classes.</exception>
    public CropResult Crop(Network network, CropRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(request);
        ImmutableArray<int> classes = request.Classes.IsEmpty ? [] : ClassSelection.Find(network, request.Classes, new ClassCrop(network, findHead).CountClasses());
        return Crop(network, new NetworkCrop { DroppedLevels = [.. request.DroppedLevels.Distinct().Order()], Classes = classes }, cancellationToken);
    }

    /// <summary>Crops a network as another of its architecture was cropped.</summary>
    /// <param name="network">The network.</param>
    /// <param name="crop">What goes.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="CropException">A level or class is not there, or nothing would be left.</exception>
    /// <exception cref="HeadException">A head cannot do with fewer classes.</exception>
    public CropResult Crop(Network network, NetworkCrop crop, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(crop);
        Network levels = DetectionLevels.Drop(network, crop.DroppedLevels, findHead);
        levels = ReferenceEquals(levels, network) ? network : new NetworkParts(network).Keep(levels);
        if (crop.Classes.IsEmpty)
        {
            return new CropResult(network, levels, crop) { Outputs = [.. levels.Heads.Select(head => (head.Input, Enumerable.Repeat(true, levels.ShapeOf(head.Input).Channels).ToImmutableArray()))] };
        }

        var classes = new ClassCrop(levels, findHead);
        int count = classes.CountClasses();
        if (crop.Classes[^1] >= count)
        {
            throw new CropException($"'{network.Name}' has no class {crop.Classes[^1]}: its {count} classes are counted from 0.");
        }

        Network small = crop.Classes.Length == count ? levels : classes.Keep(crop.Classes, cancellationToken);
        return new CropResult(network, Named(small, network.ClassNames.IsEmpty ? [] : [.. crop.Classes.Select(index => network.ClassNames[index])]), crop)
        {
            AllClasses = count,
            Outputs = classes.ChannelsOf(crop.Classes),
        };
    }

    /// <summary>The same network with other names of its classes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="names">The names in the classes' order; empty for none.</param>
    public static Network Named(Network network, ImmutableArray<string> names)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.ClassNames.SequenceEqual(names, StringComparer.Ordinal)
            ? network
            : new Network(network.Name, network.Inputs, network.Nodes, network.Heads) { ClassNames = names, Annotations = network.Annotations };
    }
}
