using System.Collections.Immutable;

namespace PluginPrune.Core.Plans;

/// <summary>A document with its lists of channels taken apart. It needs no network: whether the lists fit one is not known.</summary>
public sealed class PlanContents
{
    private PlanContents(PlanDocument document, ImmutableArray<KeptChannels> groups)
    {
        Document = document;
        Groups = groups;
    }

    /// <summary>The document.</summary>
    public PlanDocument Document { get; }

    /// <summary>Its groups, in its order.</summary>
    public ImmutableArray<KeptChannels> Groups { get; }

    /// <summary>How many channels all groups have together; tied ones count once.</summary>
    public int Channels => Groups.Sum(static group => group.Group.Channels);

    /// <summary>How many of them stay.</summary>
    public int Kept => Groups.Sum(static group => group.Kept);

    /// <summary>Takes a document apart.</summary>
    /// <param name="document">The document.</param>
    /// <exception cref="PlanException">A list of channels is none, or a group stands twice; all that is wrong is told.</exception>
    public static PlanContents Of(PlanDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var faults = new PlanFaults(document.File);
        document.ByName(faults);
        var groups = ImmutableArray.CreateBuilder<KeptChannels>(document.Groups.Length);
        foreach (PlannedGroup group in document.Groups)
        {
            if (group.MaskOrFault(faults) is { } mask && group.ConstantsOrFault(mask, faults) is { } constants)
            {
                groups.Add(new KeptChannels(group, [.. mask]) { Constants = [.. constants] });
            }
        }

        faults.ThrowIfAny();
        return new PlanContents(document, groups.ToImmutable());
    }
}
