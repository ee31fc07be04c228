using System.Collections.Immutable;

namespace PluginPrune.Cli.Run;

/// <summary>A step of a recipe.</summary>
/// <param name="Name">Unique in the recipe: its folder bears it.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Arguments">The options of the command, as they would stand on its line.</param>
/// <param name="Line">Where it stands in the file, from 1.</param>
internal sealed record RecipeStep(string Name, StepKind Kind, ImmutableArray<string> Arguments, int Line);
