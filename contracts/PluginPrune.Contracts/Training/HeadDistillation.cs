using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Training;

/// <summary>What a head, the student's, is to learn from the same kind of head of another network, the teacher, on one batch.</summary>
/// <typeparam name="T">The precision: float or double.</typeparam>
public sealed record HeadDistillation<T>
    where T : unmanaged
{
    /// <summary>The student's head.</summary>
    public required Head Head { get; init; }

    /// <summary>The raw outputs that it reads.</summary>
    public required Batch<T> Values { get; init; }

    /// <summary>The teacher's head, of the same kind; its anchors, where it has some, are as many as the student's.</summary>
    public required Head Teacher { get; init; }

    /// <summary>The raw outputs that the teacher's head reads, of the same pictures; as many places as the student's.</summary>
    public required Batch<T> TeacherValues { get; init; }

    /// <summary>The shape of the batch's pictures, [channels, height, width] in pixels.</summary>
    public required Shape Picture { get; init; }

    /// <summary>What logits of scores are divided by before they are compared, above 0 (Hinton et al. 2015, equation 1).</summary>
    /// <value>The default is 1.</value>
    public double Temperature { get; init; } = 1;

    /// <summary>What scores count, objectness and classes, 0 or more: beside 1, about as much as they do where labels are learned.</summary>
    /// <value>The default is 1.</value>
    public double ScoreGain { get; init; } = 1;

    /// <summary>What boxes count, 0 or more: beside 1, about as much as they do where labels are learned.</summary>
    /// <value>The default is 1.</value>
    public double BoxGain { get; init; } = 1;
}
