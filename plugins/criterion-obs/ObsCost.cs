namespace PluginPrune.CriterionObs;

/// <summary>What an error is weighed against: what the network saves without the channel.</summary>
public enum ObsCost
{
    /// <summary>Multiplications of the layers that make and read the channel.</summary>
    Flops,

    /// <summary>Their weights.</summary>
    Parameters,

    /// <summary>Nothing: all channels count alike.</summary>
    None,
}
