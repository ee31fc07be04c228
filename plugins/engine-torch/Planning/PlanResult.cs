using System.Runtime.InteropServices;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineTorch.Planning;

/// <summary>Where a wanted value lies, and its shape.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlanResult(int Slot, Shape Shape);
