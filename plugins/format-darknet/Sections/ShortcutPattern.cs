using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>The nodes of a [shortcut] section that are more than a sum: factors of its sources, or sources of unequal shapes.</summary>
/// <param name="Own">The value that the section before gives.</param>
/// <param name="Sources">The values that it refers to.</param>
/// <param name="Parts">The nodes beside the sum.</param>
/// <param name="Last">The node that gives what the section gives, before its activation.</param>
internal sealed record ShortcutPattern(string Own, ImmutableArray<string> Sources, ImmutableArray<Node> Parts, Node Last)
{
    /// <summary>The factors of all sources, or empty where they have none.</summary>
    public ImmutableArray<float[]> Factors { get; init; } = [];

    /// <summary>The pattern around a sum, or null where the sum stands for itself or its nodes are not those of one section.</summary>
    public static ShortcutPattern? Around(Node add, Planner planner) =>
        add.Operation is Add && add.Annotations.Find<CfgSection>() is not null ? FindFactors(add, planner) ?? FindUnequal(add, planner) : null;

    /// <summary>Whether a node belongs to the pattern around a sum behind it.</summary>
    public static bool Has(Node node, Planner planner)
    {
        for (Node? next = planner.PeekFollower(node); next is not null; next = planner.PeekFollower(next))
        {
            Node? sum = next.Operation is Concat ? planner.Network.Find(next.Inputs[0]) : next;
            if (sum?.Operation is Add)
            {
                return Around(sum, planner) is { } pattern && pattern.Parts.Contains(node);
            }
        }

        return false;
    }

    private static ShortcutPattern? FindFactors(Node add, Planner planner)
    {
        Node?[] parts = [.. add.Inputs.Select(planner.Network.Find)];
        if (parts.Distinct().Count() != parts.Length || !Array.TrueForAll(parts, part => part is not null && planner.PeekFollower(part) == add && IsFactor(part.Operation)))
        {
            return null;
        }

        return new ShortcutPattern(parts[0]!.Inputs[0], [.. parts.Skip(1).Select(static part => part!.Inputs[0])], [.. parts.Select(static part => part!)], add)
        {
            Factors = [.. parts.Select(static part => ((Convolution)part!.Operation).Weight.Floats.ToArray())],
        };
    }

    private static bool IsFactor(Operation operation) =>
        operation is Convolution convolution
        && convolution.Weight.Count == convolution.Groups
        && convolution.Stride == Extent.Square(1)
        && convolution.Padding == default
        && (convolution.Bias is null || convolution.Bias.Floats.IndexOfAnyExcept(0f) < 0);

    private static ShortcutPattern? FindUnequal(Node add, Planner planner)
    {
        if (add.Inputs is not [var left, var right])
        {
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<Node>();
        string own = left;
        Node last = add;
        if (Part<Slice>(left, add, planner) is { Operation: Slice { Start: 0 } first } head)
        {
            own = head.Inputs[0];
            int rest = planner.ShapeOf(own).Channels - first.Length;
            if (planner.PeekFollower(add) is not { Operation: Concat } concat
                || concat.Inputs is not [var sum, var tail]
                || sum != add.Id
                || Part<Slice>(tail, concat, planner) is not { } other
                || other.Inputs[0] != own
                || other.Operation is not Slice { Start: var start, Length: var length }
                || (start, length) != (first.Length, rest))
            {
                return null;
            }

            parts.AddRange(head, other, concat);
            last = concat;
        }

        string source = right;
        Node reader = add;
        if (Part<Slice>(source, reader, planner) is { Operation: Slice { Start: 0 } } cut)
        {
            parts.Add(cut);
            (source, reader) = (cut.Inputs[0], cut);
        }

        if (Part<MaxPool>(source, reader, planner) is { Operation: MaxPool pool } thin && pool.Kernel == Extent.Square(1))
        {
            parts.Add(thin);
            source = thin.Inputs[0];
        }

        // Darknet adds as many channels as both have: one of the two must be whole.
        bool isCutTwice = last != add && reader != add;
        return parts.Count == 0 || isCutTwice ? null : new ShortcutPattern(own, [source], parts.ToImmutable(), last);
    }

    private static Node? Part<T>(string value, Node reader, Planner planner)
        where T : Operation =>
        planner.Network.Find(value) is { Operation: T } part && planner.PeekFollower(part) == reader ? part : null;
}
