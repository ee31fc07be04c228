using System.CommandLine;
using System.Globalization;

namespace PluginPrune.Cli.CommandLine;

/// <summary>--recalibrate and --images: small networks are fitted to the whole one on pictures.</summary>
internal sealed class RecalibrationArguments
{
    public RecalibrationArguments() => PathOptions.RefuseEmpty(Images);

    public Option<int> Recalibrate { get; } = Pictures(
        "--recalibrate", "Fit batch norms and biases to what the whole network makes of N pictures, drawn by --seed; no labels are needed");

    public Option<int> Reconstruct { get; } = Pictures(
        "--reconstruct", "The same, and the weights of every layer that lost inputs, by least squares: most of what pruning costs comes back without training");

    public Option<string?> Images { get; } = new("--images")
    {
        Description = "Folder of pictures for --recalibrate and --reconstruct [default: the training pictures of --data, or the sample's]",
        HelpName = "DIR",
    };

    public IEnumerable<Option> All => [Recalibrate, Reconstruct, Images];

    /// <summary>The option that is given.</summary>
    /// <returns>Null where neither is.</returns>
    /// <exception cref="UsageException">Both are.</exception>
    public Option<int>? GivenIn(ParseResult result)
    {
        Option<int>[] given = [.. new[] { Recalibrate, Reconstruct }.Where(option => result.GetValue(option) > 0)];
        return given.Length < 2
            ? given.FirstOrDefault()
            : throw new UsageException($"{Reconstruct.Name} does what {Recalibrate.Name} does, and more. Give one of them.");
    }

    private static Option<int> Pictures(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens is [var token] ? token.Value : string.Empty;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pictures) && pictures > 0)
            {
                return pictures;
            }

            result.AddError($"{name} takes a number of pictures of at least 1, not '{text}'.");
            return 0;
        },
    };
}
