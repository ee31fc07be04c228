namespace PluginPrune.Core.Plans;

/// <summary>Where the parts of a group stand in the plan's file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Channels">How many channels it has.</param>
/// <param name="Kept">Those that stay.</param>
/// <param name="Constant">Those of them that are constants.</param>
public readonly record struct GroupPlaces(PlanPlace Name, PlanPlace Channels, PlanPlace Kept, PlanPlace Constant);
