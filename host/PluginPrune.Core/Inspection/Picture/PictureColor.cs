namespace PluginPrune.Core.Inspection;

/// <summary>The colours of a box.</summary>
/// <param name="Solid">Of what is kept.</param>
/// <param name="Pale">Of what goes.</param>
/// <param name="Edge">Of the outline.</param>
internal sealed record PictureColor(string Solid, string Pale, string Edge);
