using System.CommandLine;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;

namespace PluginPrune.Cli.CommandLine;

/// <summary>--names, --size and --resize: what a command changes of a network before it is run.</summary>
internal sealed class AdjustmentArguments
{
    private const int LargestSide = 1 << 15;

    public AdjustmentArguments()
    {
        PathOptions.RefuseEmpty(Names);
        Size.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Parse(token.Value) is null)
            {
                result.AddError($"{Size.Name} takes a side such as 416 or WIDTHxHEIGHT such as 640x384, not '{token.Value}'.");
            }
        });
        Resize.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value is not (Letterbox or Stretch))
            {
                result.AddError($"{Resize.Name} takes {Letterbox} or {Stretch}, not '{token.Value}'.");
            }
        });
    }

    private const string Letterbox = "letterbox";

    private const string Stretch = "stretch";

    public Option<string?> Names { get; } = new("--names")
    {
        Description = "File with the names of the classes, one on each line [default: the model's own, or the .names file beside it]",
        HelpName = "FILE",
    };

    public Option<string?> Size { get; } = new("--size") { Description = "Run the network on pictures of this size, in pixels [default: the model's]", HelpName = "N|WxH" };

    public Option<string?> Resize { get; } = new("--resize")
    {
        Description = "Fit pictures by stretching them, or with bars at two sides [default: the model's way]",
        HelpName = $"{Letterbox}|{Stretch}",
    };

    public IEnumerable<Option> All => [Names, Size, Resize];

    /// <summary>What the command line changes.</summary>
    public NetworkAdjustment In(ParseResult result) => new()
    {
        NamesPath = result.GetValue(Names) is { } names ? InputFiles.Existing(Names.Name, names) : null,
        Size = result.GetValue(Size) is { } size ? Parse(size) : null,
        Resize = result.GetValue(Resize) switch { Letterbox => ResizeMode.Letterbox, Stretch => ResizeMode.Stretch, _ => null },
    };

    private static (int Width, int Height)? Parse(string text)
    {
        string[] sides = text.Split('x', 'X');
        return sides.Length switch
        {
            1 when Side(sides[0]) is { } side => (side, side),
            2 when Side(sides[0]) is { } width && Side(sides[1]) is { } height => (width, height),
            _ => null,
        };
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is > 0 and <= LargestSide ? side : null;
}
