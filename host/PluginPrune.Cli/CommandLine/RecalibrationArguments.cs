using System.CommandLine;
using System.Globalization;

namespace PluginPrune.Cli.CommandLine;

/// <summary>--recalibrate and --images: small networks are fitted to the whole one on pictures.</summary>
internal sealed class RecalibrationArguments
{
    public RecalibrationArguments() => PathOptions.RefuseEmpty(Images);

    public Option<int> Recalibrate { get; } = new("--recalibrate")
    {
        Description = "Fit batch norms and biases to what the whole network makes of N pictures, drawn by --seed; no labels are needed",
        HelpName = "N",
        CustomParser = static result =>
        {
            string text = result.Tokens is [var token] ? token.Value : string.Empty;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pictures) && pictures > 0)
            {
                return pictures;
            }

            result.AddError($"--recalibrate takes a number of pictures of at least 1, not '{text}'.");
            return 0;
        },
    };

    public Option<string?> Images { get; } = new("--images")
    {
        Description = "Folder of pictures for --recalibrate [default: the training pictures of --data]",
        HelpName = "DIR",
    };

    public IEnumerable<Option> All => [Recalibrate, Images];
}
