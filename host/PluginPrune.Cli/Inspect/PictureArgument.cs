using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Files;

namespace PluginPrune.Cli.Inspect;

/// <summary>--svg of commands that draw what they tell.</summary>
internal sealed class PictureArgument
{
    /// <param name="description">What is drawn; a sentence for the help.</param>
    public PictureArgument(string description)
    {
        Svg = new Option<string?>("--svg") { Description = description, HelpName = "FILE" };
        PathOptions.RefuseEmpty(Svg);
    }

    public Option<string?> Svg { get; }

    public Option<bool> Force { get; } = new("--force") { Description = "Replace the picture where it exists" };

    /// <summary>The full path of the picture, or null where none is asked for.</summary>
    /// <exception cref="UsageException">It is a folder, or exists and is not to be replaced.</exception>
    public string? PathIn(ParseResult result)
    {
        string? picture = result.GetValue(Svg) is { } given ? Path.GetFullPath(given) : null;
        if (picture is not null && Directory.Exists(picture))
        {
            throw new UsageException($"--svg names {picture}, which is a folder; it takes a file.");
        }

        return picture is not null && File.Exists(picture) && !result.GetValue(Force)
            ? throw new UsageException($"--svg names {picture}, which exists and is not overwritten. Name another file, or pass --force.")
            : picture;
    }

    /// <summary>Draws; where it fails, there is no picture.</summary>
    public void Draw(ParseResult result, Action<Stream> draw)
    {
        string picture = PathIn(result)!;
        using var folder = new OutputFolder(Path.GetDirectoryName(picture)!, Path.GetFileNameWithoutExtension(picture), result.GetValue(Force));
        using (Stream stream = folder.CreateFile(Path.GetFileName(picture)))
        {
            draw(stream);
        }

        folder.Commit();
    }
}
