using BenchmarkDotNet.Attributes;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Images;

namespace PluginPrune.Benchmarks;

/// <summary>From a file in memory to a network's input of 640 x 640, on one thread: milliseconds a picture of 1280 x 720.</summary>
public class PictureBenchmark
{
    private static readonly PictureSize Input = new(640, 640);

    private readonly NetworkInputWriter _bilinear = new(Preprocessing.Darknet);
    private readonly NetworkInputWriter _area = new(Preprocessing.Darknet with { Interpolation = Interpolation.Area });
    private readonly float[] _target = new float[3 * 640 * 640];
    private byte[] _jpeg = [];
    private byte[] _png = [];
    private Picture _picture = null!;
    private PicturePlacement _placement = null!;
    private PicturePlacement _odd = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _picture = PhotoLikePicture.Make(new PictureSize(1280, 720), seed: 1);
        using var file = new MemoryStream();
        _picture.WriteJpeg(file, quality: 90);
        _jpeg = file.ToArray();
        file.SetLength(0);
        _picture.WritePng(file);
        _png = file.ToArray();
        _placement = PicturePlacement.Letterbox(_picture.Size, Input);
        _odd = new PicturePlacement(_picture.Size, Input, new PictureSize(600, 338), 20, 151);
    }

    [Benchmark]
    public Picture DecodeJpeg() => Picture.Decode(_jpeg, "a.jpg");

    [Benchmark]
    public Picture DecodePng() => Picture.Decode(_png, "a.png");

    [Benchmark]
    public float LetterboxBilinear() => Write(_picture, _bilinear, _odd);

    [Benchmark]
    public float LetterboxArea() => Write(_picture, _area, _odd);

    [Benchmark]
    public float LetterboxHalf() => Write(_picture, _area, _placement);

    [Benchmark]
    public float DecodeJpegAndLetterboxBilinear() => Write(Picture.Decode(_jpeg, "a.jpg"), _bilinear, _odd);

    [Benchmark]
    public float DecodeJpegAndLetterboxHalf() => Write(Picture.Decode(_jpeg, "a.jpg"), _area, _placement);

    [Benchmark]
    public long WritePng()
    {
        using var file = new MemoryStream(_png.Length);
        _picture.WritePng(file);
        return file.Length;
    }

    private float Write(Picture picture, NetworkInputWriter writer, PicturePlacement placement)
    {
        writer.Write(picture, placement, _target);
        return _target[^1];
    }
}
