namespace PluginPrune.DatasetCoco.Reading;

/// <summary>A class as the file has it.</summary>
/// <param name="Id">What annotations call it; numbers may be left out.</param>
/// <param name="Name">Its name.</param>
internal sealed record CocoCategory(long Id, string Name);
