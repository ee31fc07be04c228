namespace PluginPrune.Core.Plans;

/// <summary>A member of an object in a plan's file.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Place">Where the key stands.</param>
/// <param name="Value">Its value.</param>
internal sealed record PlanMember(string Key, PlanPlace Place, PlanValue Value);
