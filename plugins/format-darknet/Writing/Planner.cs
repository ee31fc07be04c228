using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Sections;
using PluginPrune.FormatDarknet.Text;

namespace PluginPrune.FormatDarknet.Writing;

/// <summary>
/// Gathers the nodes of a network into sections. Nodes of one section are put together again; those that came from elsewhere
/// are put together wherever Darknet says in one section what they do.
/// </summary>
/// <param name="network">Any network.</param>
internal sealed class Planner(Network network)
{
    private readonly HashSet<string> _fused = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _headInputs = network.Heads.Select(static head => head.Input).ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly List<SectionDraft> _sections = [];
    private readonly List<string> _obstacles = [];

    public Network Network { get; } = network;

    /// <summary>The sections in their order.</summary>
    public IReadOnlyList<SectionDraft> Sections => _sections;

    /// <summary>What cannot be written, one sentence each.</summary>
    public ImmutableArray<string> Obstacles => [.. _obstacles];

    public void Run()
    {
        if (Network.Inputs.Length != 1 || Network.Inputs[0].Shape.Rank != 3)
        {
            _obstacles.Add(
                $"Darknet networks have one input, a picture; this one has {string.Join(" and ", Network.Inputs.Select(static input => $"'{input.Name}' ({input.Shape})"))}.");
        }

        foreach (Node node in Network.Nodes)
        {
            if (!_fused.Contains(node.Id))
            {
                Plan(node);
            }
        }

        foreach (Head head in Network.Heads)
        {
            Plan(head);
        }
    }

    public Shape ShapeOf(string value) => Network.ShapeOf(value);

    /// <summary>The value that stands for another in the file: a node that only passes its input on is left out.</summary>
    public string Resolve(string value) => _aliases.GetValueOrDefault(value, value);

    /// <summary>The one node that reads another's output, where both belong into one section; it is then taken.</summary>
    public Node? Follower(Node node, Func<Operation, bool> isWanted)
    {
        if (PeekFollower(node) is not { Inputs.Length: 1 } follower || !isWanted(follower.Operation))
        {
            return null;
        }

        Fuse(follower);
        return follower;
    }

    /// <summary>The one node that reads another's output, where both may belong into one section.</summary>
    public Node? PeekFollower(Node node) =>
        !_headInputs.Contains(node.Id)
        && Network.ConsumersOf(node.Id) is [var consumer]
        && ReferenceEquals(consumer.Annotations.Find<CfgSection>(), node.Annotations.Find<CfgSection>())
            ? consumer
            : null;

    /// <summary>Marks a node as part of another's section.</summary>
    public void Fuse(Node node) => _fused.Add(node.Id);

    /// <summary>Leaves a node out: who reads it reads its input.</summary>
    public void Skip(Node node)
    {
        _aliases[node.Id] = Resolve(node.Inputs[0]);
        Fuse(node);
    }

    /// <summary>Says why a node cannot be written.</summary>
    public void Fail(Node node, string reason)
    {
        _failed.Add(node.Id);
        _obstacles.Add($"{node}: {reason}.");
    }

    private void Plan(Node node)
    {
        if (node.Operation is Identity && node.Annotations.Find<CfgSection>() is null)
        {
            Skip(node);
            return;
        }

        foreach (SectionType type in SectionTypes.All)
        {
            SectionDraft? draft = type.Plan(node, this);
            if (draft is not null)
            {
                _sections.Add(draft);
            }

            if (draft is not null || _fused.Contains(node.Id) || _failed.Contains(node.Id))
            {
                return;
            }
        }

        Fail(node, node.Operation is BatchNorm
            ? "a batch norm can be written only behind a convolution whose output nothing else reads"
            : $"no section of Darknet says '{node.Operation.Name}'");
    }

    private void Plan(Head head)
    {
        SectionDraft? draft = SectionTypes.All.OfType<HeadSection>().Select(type => type.Plan(head, this)).FirstOrDefault(static planned => planned is not null);
        if (draft is null && head.Kind == SoftmaxSection.HeadKind && Network.ConsumersOf(head.Input).Any(static reader => reader.Operation is Softmax))
        {
            // The softmax behind it tells it.
            return;
        }

        if (draft is null)
        {
            _obstacles.Add($"Head '{head.Id}' ({head.Origin}): no section of Darknet is a head of kind '{head.Kind}'.");
            return;
        }

        // A head stands where it stood, or behind what it reads.
        string input = Resolve(head.Input);
        int at = _sections.FindLastIndex(section => section.Output == input) + 1;
        if (draft.Source is { } source)
        {
            at = Math.Max(at, _sections.FindLastIndex(section => section.Source is { } other && other.Index < source.Index) + 1);
        }

        _sections.Insert(at, draft);
    }
}
