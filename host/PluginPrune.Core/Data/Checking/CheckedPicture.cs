using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Data.Checking;

/// <summary>What came of looking at one picture.</summary>
/// <param name="Info">What its header says, or null where it cannot be read.</param>
/// <param name="Hash">Of all its bytes, or null where they were not read.</param>
/// <param name="Faults">What is wrong with it, or with its labels beside it.</param>
internal sealed record CheckedPicture(PictureInfo? Info, string? Hash, ImmutableArray<DatasetFault> Faults);
