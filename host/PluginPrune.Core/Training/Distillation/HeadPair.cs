using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>A head that learns from one of the teacher.</summary>
/// <param name="Index">Which head of the student.</param>
/// <param name="Student">The student's head.</param>
/// <param name="Teacher">The teacher's.</param>
/// <param name="Loss">Compares them.</param>
internal sealed record HeadPair(int Index, Head Student, Head Teacher, IDistillableHead Loss);
