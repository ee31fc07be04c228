using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Heads;

/// <summary>Knows what the raw outputs of one kind of head mean.</summary>
/// <remarks>Stateless; safe to call from several threads.</remarks>
public interface IHead
{
    /// <summary>Says what each channel of the value that a head reads means.</summary>
    /// <param name="head">A head of this kind.</param>
    /// <param name="input">The shape of the value that it reads.</param>
    /// <exception cref="HeadException">The head's parameters and the shape do not go together.</exception>
    HeadLayout Describe(Head head, Shape input);
}
