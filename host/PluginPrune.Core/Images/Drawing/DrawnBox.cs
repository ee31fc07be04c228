using PluginPrune.Contracts.Detections;

namespace PluginPrune.Core.Images;

/// <summary>A box to be drawn.</summary>
/// <param name="Box">In pixels of the picture; what lies outside of it is cut off.</param>
/// <param name="Label">The text at its top, for instance 'dog 0.92'; empty for none. Characters beyond ASCII become empty frames.</param>
/// <param name="ClassIndex">Chooses the colour: one class, one colour, in every picture and run.</param>
public sealed record DrawnBox(Box Box, string Label, int ClassIndex);
