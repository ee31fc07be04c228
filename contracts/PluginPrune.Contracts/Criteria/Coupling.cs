namespace PluginPrune.Contracts.Criteria;

/// <summary>How the opinions of the layers of one group become one choice.</summary>
public enum Coupling
{
    /// <summary>What an addition ties is left alone; other groups as <see cref="Union"/>.</summary>
    Skip,

    /// <summary>The first scored layer decides for all.</summary>
    First,

    /// <summary>Every layer chooses for itself; what one of them keeps stays.</summary>
    Union,

    /// <summary>Every layer chooses for itself; what one of them drops goes.</summary>
    Intersection,

    /// <summary>One score for each element: the largest of its channels' scores.</summary>
    Maximum,

    /// <summary>One score for each element: the mean of its channels' scores.</summary>
    Mean,

    /// <summary>One score for each element: the root of the sum of the squares of its channels' scores.</summary>
    L2,
}
