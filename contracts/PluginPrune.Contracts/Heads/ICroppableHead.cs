using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Heads;

/// <summary>
/// A head that can do with fewer classes. <see cref="IHead.Describe"/> says which channels are a class's; the host takes those
/// of the others away, and the head then says what is left. Whole heads, one of a detector's levels for instance, go without being asked.
/// </summary>
/// <remarks>Stateless; safe to call from several threads.</remarks>
public interface ICroppableHead : IHead
{
    /// <summary>The head for some of its classes, which are then counted from 0 in their order.</summary>
    /// <param name="head">A head of this kind.</param>
    /// <param name="input">The shape of the value that it reads, before channels go.</param>
    /// <param name="classes">The classes that stay: at least one, ascending, each below the number that the layout tells.</param>
    /// <returns>The same head with the parameters that it has then.</returns>
    /// <exception cref="HeadException">
    /// The head's parameters and the shape do not go together, or what is left would mean something else, as where classes share a softmax.
    /// </exception>
    Head WithClasses(Head head, Shape input, ImmutableArray<int> classes);
}
