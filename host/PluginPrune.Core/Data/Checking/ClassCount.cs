namespace PluginPrune.Core.Data.Checking;

/// <summary>How often a class occurs.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Name">Its name, or null where the dataset names none.</param>
/// <param name="Objects">How many objects are of it.</param>
/// <param name="Pictures">On how many pictures.</param>
public sealed record ClassCount(int Index, string? Name, int Objects, int Pictures);
