namespace PluginPrune.Contracts.Heads;

/// <summary>What one channel of a head's input means.</summary>
/// <param name="Role">What is predicted.</param>
/// <param name="Anchor">For which anchor, from 0; 0 where there are none.</param>
/// <param name="Index">Which coordinate (0 x, 1 y, 2 width, 3 height), or which class, from 0.</param>
public readonly record struct HeadChannel(HeadChannelRole Role, int Anchor, int Index);
