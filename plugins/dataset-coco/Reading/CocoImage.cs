namespace PluginPrune.DatasetCoco.Reading;

/// <summary>A picture as the file has it.</summary>
/// <param name="Id">What annotations call it, or null where it has no whole number.</param>
/// <param name="FileName">Its file, from the folder of the pictures; or null.</param>
/// <param name="Width">In pixels, or null.</param>
/// <param name="Height">In pixels, or null.</param>
internal sealed record CocoImage(long? Id, string? FileName, int? Width, int? Height);
