using System.Runtime.InteropServices;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>Consecutive output columns that read from one row of the input: from Source on in a plane, to Target on in a panel.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CopyRun(int Target, int Source, int Length);
