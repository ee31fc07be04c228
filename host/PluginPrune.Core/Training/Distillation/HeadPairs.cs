using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Training;

/// <summary>
/// Finds which head learns from which: those of one kind whose cells are of one size, in their order. Heads of the teacher that nobody
/// learns from are left aside; each of the student's must find one.
/// </summary>
/// <param name="student">The network that learns.</param>
/// <param name="teacher">The other one, for pictures of the same size.</param>
/// <param name="find">Gives what understands a kind of heads.</param>
internal sealed class HeadPairs(Network student, Network teacher, Func<string, IHead> find)
{
    private const string Otherwise = "Take another teacher, or learn from its inner layers alone: logits=0,boxes=0.";

    /// <exception cref="DistillationException">A head finds none, or its classes or anchors are not as many.</exception>
    public ImmutableArray<HeadPair> Find(DistillationSettings settings)
    {
        var pairs = ImmutableArray.CreateBuilder<HeadPair>(student.Heads.Length);
        List<Head> left = [.. teacher.Heads];
        for (int i = 0; i < student.Heads.Length; i++)
        {
            Head head = student.Heads[i];
            Shape shape = student.ShapeOf(head.Input);
            Head model = left.Find(other => other.Kind == head.Kind && teacher.ShapeOf(other.Input).WithChannels(1) == shape.WithChannels(1))
                ?? throw new DistillationException(
                    $"{Text(head)} is a {head.Kind} with {Cells(shape)}; the teacher '{teacher.Name}' has {(teacher.Heads.IsEmpty ? "no heads" : string.Join(", ", teacher.Heads.Select(other => $"a {other.Kind} with {Cells(teacher.ShapeOf(other.Input))}")))}. {Otherwise}");
            left.Remove(model);
            IHead service = find(head.Kind);
            Compare(head, service.Describe(head, shape), model, service.Describe(model, teacher.ShapeOf(model.Input)), settings);
            pairs.Add(new HeadPair(i, head, model, LossOf(head, service)));
        }

        return pairs.MoveToImmutable();
    }

    private static void Compare(Head head, HeadLayout layout, Head model, HeadLayout wanted, DistillationSettings settings)
    {
        (string Of, int Found, int Wanted)[] all = [("anchors", layout.Anchors, wanted.Anchors), ("classes", layout.Classes, wanted.Classes)];
        foreach ((string of, int found, int other) in all)
        {
            if (found != other && (of == "anchors" || settings.Logits > 0))
            {
                throw new DistillationException($"{Text(head)} has {found} {of}; {Text(model)} of the teacher, from which it would learn, has {other}. As many are wanted. {Otherwise}");
            }
        }
    }

    private static IDistillableHead LossOf(Head head, IHead service) =>
        (service is GuardedHead guarded ? guarded.Distillable : service as IDistillableHead)
        ?? throw new DistillationException($"{Text(head)} is a {head.Kind}, which cannot learn from another head. {Otherwise}");

    private static string Text(Head head) => $"Head '{head.Id}' ({head.Origin})";

    private static string Cells(Shape shape) => shape.Rank == 1 ? "no cells" : $"{shape.Height} x {shape.Width} cells";
}
