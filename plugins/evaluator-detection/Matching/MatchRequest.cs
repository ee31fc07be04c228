namespace PluginPrune.EvaluatorDetection.Matching;

/// <summary>The detections and objects of one class on one picture. What a matcher finds has one bit for each range of areas and threshold.</summary>
/// <param name="detections">Boxes, best first.</param>
/// <param name="truths">At least one.</param>
/// <param name="matched">For each detection the bits where it found an object; all 0 before.</param>
/// <param name="ignored">For each detection the bits where it does not count; all 0 before.</param>
internal readonly ref struct MatchRequest(
    ReadOnlySpan<Contracts.Detections.Box> detections, ReadOnlySpan<Truth> truths, Span<ulong> matched, Span<ulong> ignored)
{
    public ReadOnlySpan<Contracts.Detections.Box> Detections { get; } = detections;

    public ReadOnlySpan<Truth> Truths { get; } = truths;

    public Span<ulong> Matched { get; } = matched;

    public Span<ulong> Ignored { get; } = ignored;
}
