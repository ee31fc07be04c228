using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetVoc.Layout;

/// <summary>A list of pictures: a name a line without folder and extension; with them it is understood too, and with a 1 or -1 behind, as in lists of one class.</summary>
internal sealed class VocList(FileIndex index, FolderPair folders)
{
    public (ImmutableArray<VocPicture> Pictures, ImmutableArray<DatasetFault> Faults) Read(string list)
    {
        string file = UserPath.Of(list);
        var pictures = ImmutableArray.CreateBuilder<VocPicture>();
        var faults = ImmutableArray.CreateBuilder<DatasetFault>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        string[] texts = TextFile.Read(list).ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < texts.Length; i++)
        {
            string text = texts[i].Trim();
            if (text.Length == 0)
            {
                continue;
            }

            VocPicture picture = Find(text, file, i + 1);
            if (lines.TryAdd(picture.Path, i + 1))
            {
                pictures.Add(picture);
            }
            else
            {
                faults.Add(new DatasetFault(
                    FaultSeverity.Warning, "picture listed twice", file, i + 1, $"The picture '{text}' is listed in line {lines[picture.Path]} already; it counts once."));
            }
        }

        return pictures.Any(static picture => picture.Fault?.Severity != FaultSeverity.Error)
            ? (pictures.DrainToImmutable(), faults.DrainToImmutable())
            : throw new InputException(file, null, $"none of the pictures that it lists is in {UserPath.Of(folders.Pictures)}.");
    }

    private VocPicture Find(string text, string file, int line)
    {
        foreach (string name in Spellings(text.Replace('\\', '/')))
        {
            if (PictureFiles.Find(index, Path.GetFullPath(Path.Combine(folders.Pictures, name))) is var (path, differs))
            {
                VocPicture picture = folders.Make(index, path, isListed: true);
                return differs
                    ? picture with { Fault = new DatasetFault(FaultSeverity.Warning, "name differs in case", file, line, $"The picture '{text}' is {UserPath.Of(path)} on the disk; other systems will not find it.") }
                    : picture;
            }
        }

        return new VocPicture(Path.GetFullPath(Path.Combine(folders.Pictures, text)), null, IsListed: true, new DatasetFault(
            FaultSeverity.Error, "missing picture", file, line, $"There is no picture '{text}' in {UserPath.Of(folders.Pictures)}."));
    }

    private static IEnumerable<string> Spellings(string text)
    {
        yield return text;
        string name = text;
        int space = text.LastIndexOf(' ');
        if (space > 0 && text[(space + 1)..] is "1" or "-1" or "0")
        {
            name = text[..space].TrimEnd();
            yield return name;
        }

        if (PictureFiles.IsPicture(name))
        {
            name = name[..^Path.GetExtension(name).Length];
            yield return name;
        }

        yield return Path.GetFileName(name);
    }
}
