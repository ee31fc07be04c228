using PluginPrune.Core.Images.Decoding;

namespace PluginPrune.Core.Images.Pipeline;

/// <summary>A worker's memory, used for one picture after the other: a file, its pixels, and its pixels turned upright.</summary>
internal sealed class WorkerMemory : PixelMemory
{
    /// <summary>More than this is given back after a picture; a photo of 16 million pixels takes less.</summary>
    private const int MostKept = 1 << 26;

    private readonly List<byte[]> _pixels = [];
    private byte[] _file = [];
    private int _used;

    public ReadOnlyMemory<byte> ReadFile(Stream stream)
    {
        int length = PictureFile.ReadAll(stream, ref _file);
        return _file.AsMemory(0, length);
    }

    public override Picture Create(PictureSize size)
    {
        int bytes = checked((int)(size.Pixels * Picture.Channels));
        if (_used == _pixels.Count)
        {
            _pixels.Add([]);
        }

        if (_pixels[_used].Length < bytes)
        {
            _pixels[_used] = GC.AllocateUninitializedArray<byte>(bytes);
        }

        return new Picture(size, _pixels[_used++]);
    }

    /// <summary>Everything may be used again.</summary>
    public void Reset()
    {
        _used = 0;
        _pixels.RemoveAll(static pixels => pixels.Length > MostKept);
        _file = _file.Length > MostKept ? [] : _file;
    }
}
