using System.Globalization;
using PluginPrune.Shared.Files;

namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>
/// The files beside a model that hold the elements of its tensors. The model names them, and may name none that does not lie in
/// its folder: a stranger's file must not have others read.
/// </summary>
/// <param name="modelPath">The full path of the model.</param>
internal sealed class ExternalFiles(string modelPath)
{
    private const int MostOfFile = 4;

    private readonly string _folder = Path.GetDirectoryName(modelPath)!;
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _taken = new(StringComparer.Ordinal);

    /// <summary>Reads the elements of a tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="length">How many bytes they take.</param>
    /// <exception cref="OnnxFileException">The file is not there, is not allowed or is too short.</exception>
    public byte[] Read(StoredTensor tensor, int length)
    {
        string location = tensor.External.GetValueOrDefault("location", string.Empty);
        long offset = NumberOf(tensor, "offset") ?? 0;
        if (NumberOf(tensor, "length") is { } said && said != length)
        {
            throw new OnnxFileException($"its tensor '{tensor.Name}' needs {length:N0} bytes, and it says that '{location}' holds {said:N0} of them.");
        }

        string path = PathOf(tensor.Name, location);
        try
        {
            using FileStream file = File.OpenRead(path);
            if (offset > file.Length - length)
            {
                throw new OnnxFileException($"its tensor '{tensor.Name}' needs {length:N0} bytes from {offset:N0} on in '{location}', which has {file.Length:N0}.");
            }

            Spend(path, location, length, file.Length);
            byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
            file.Position = offset;
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new OnnxFileException($"the weights that it keeps in '{location}' cannot be read: {denied.Message}");
        }
    }

    /// <summary>Tensors may share what a file holds. Whoever has many of them at one place has memory in mind.</summary>
    private void Spend(string path, string location, long length, long fileLength)
    {
        // Of one file there are many names: 'w.bin', './w.bin', 'a/../w.bin'.
        long taken = _taken[path] = _taken.GetValueOrDefault(path) + length;
        if (taken > MostOfFile * fileLength)
        {
            throw new OnnxFileException($"its tensors would take more than {MostOfFile} times the {fileLength:N0} bytes of '{location}': they lie where others do, and the file is damaged.");
        }
    }

    private static long? NumberOf(StoredTensor tensor, string key)
    {
        if (!tensor.External.TryGetValue(key, out string? text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new OnnxFileException($"its tensor '{tensor.Name}' has '{text}' for its {key} in another file.");
    }

    private string PathOf(string tensor, string location)
    {
        if (_paths.TryGetValue(location, out string? known))
        {
            return known;
        }

        // Backslashes separate folders on one system and are letters on the other: they are allowed on neither.
        string path = location.Length == 0 || location.Contains('\\', StringComparison.Ordinal) || location.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(location)
            ? string.Empty
            : Path.GetFullPath(Path.Combine(_folder, location));
        if (path.Length == 0 || !IsInside(_folder, path))
        {
            throw Outside(tensor, location);
        }

        if (!File.Exists(path))
        {
            throw new OnnxFileException($"its weights are in '{location}', which is not beside it. Put both into one folder.");
        }

        // Links are followed before comparing, those of the folders on the way too.
        path = Resolve(path);
        if (!IsInside(Resolve(_folder), path))
        {
            throw Outside(tensor, location);
        }

        if (OrdinaryFile.LengthOf(path) == 0)
        {
            throw new OnnxFileException($"its weights are in '{location}', which is empty, or a pipe or a device.");
        }

        _paths.Add(location, path);
        return path;
    }

    private static OnnxFileException Outside(string tensor, string location) =>
        new($"its tensor '{tensor}' is to be read from '{location}', which does not lie in the model's folder. Files are read from there alone.");

    private static bool IsInside(string folder, string path)
    {
        string relative = Path.GetRelativePath(folder, path);
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }

    private static string Resolve(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }

        string here = Path.Combine(Resolve(parent), Path.GetFileName(path));
        FileSystemInfo? target = Directory.Exists(here) ? Directory.ResolveLinkTarget(here, returnFinalTarget: true) : File.ResolveLinkTarget(here, returnFinalTarget: true);
        return target is null ? here : Resolve(target.FullName);
    }
}
