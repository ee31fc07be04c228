namespace PluginPrune.Core.Plans;

/// <summary>A bound on something that only running a network tells. The criterion's rate is searched for it.</summary>
public interface IMeasuredTarget
{
    /// <summary>
    /// Whether it is met by taking enough, so that the smallest rate is wanted (time); else it holds while not too much goes,
    /// and the largest rate is wanted (accuracy).
    /// </summary>
    bool IsMetByMore { get; }

    /// <summary>The bound in words, for instance 'at most 20 ms a picture'.</summary>
    string Bound { get; }

    /// <summary>Whether measuring twice gives two values, so that the result is worth a second, closer look.</summary>
    bool IsNoisy { get; }

    /// <summary>Measures what a plan leaves.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="rate">The rate that it was made at.</param>
    /// <param name="isLast">Whether this is the second, closer look.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    TargetMeasurement Measure(PruningPlan plan, double rate, bool isLast, CancellationToken cancellationToken);

    /// <summary>A measured value with its unit.</summary>
    string TextOf(double value);

    /// <summary>What to tell a user where the target cannot be reached.</summary>
    /// <param name="best">What comes nearest to it.</param>
    PlanException Unreachable(TargetMeasurement best);
}
