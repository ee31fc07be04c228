using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Cli.Prune;

/// <summary>--drop-level and --classes: what goes of a detector's heads.</summary>
internal sealed class CropArguments
{
    public CropArguments()
    {
        OptionKinds.Check(DropLevel, text => LevelsOf(text));
        OptionKinds.Check(Classes, text => ListedNames.Of(text));
    }

    public Option<string?> DropLevel { get; } = new("--drop-level")
    {
        Description = "Detection levels that go, with all that only they need, for instance P5 or P3,P5: P3 has a stride of 8, P4 of 16, P5 of 32",
        HelpName = "P5,...",
    };

    public Option<string?> Classes { get; } = new("--classes")
    {
        Description = "Keep these classes alone, by number or name; they are then counted from 0 in their order",
        HelpName = "0,dog,...",
    };

    public IEnumerable<Option> All => [DropLevel, Classes];

    /// <summary>The one that the command line gives, or null.</summary>
    public Option? GivenIn(ParseResult result) => All.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });

    /// <summary>What the command line asks for; null for nothing.</summary>
    public CropRequest? RequestIn(ParseResult result) => GivenIn(result) is null ? null : new CropRequest
    {
        DroppedLevels = result.GetValue(DropLevel) is { } levels ? LevelsOf(levels) : [],
        Classes = result.GetValue(Classes) is { } classes ? ListedNames.Of(classes) : [],
    };

    private static ImmutableArray<int> LevelsOf(string text) =>
        [.. ListedNames.Of(text).Select(static item => NetworkCrop.LevelOf(item) ?? throw new UsageException($"'{item}' is no level; levels are called P3 (stride 8), P4 (16), P5 (32) and so on."))];
}
