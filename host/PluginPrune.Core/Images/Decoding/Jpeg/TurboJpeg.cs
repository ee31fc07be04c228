using System.Runtime.InteropServices;

namespace PluginPrune.Core.Images.Decoding.Jpeg;

/// <summary>
/// libturbojpeg through its TurboJPEG 2.0 interface, bound when the first JPEG is met. Distributions ship it under its
/// versioned name alone, hence the names that are tried; nothing else may need it.
/// </summary>
internal sealed unsafe class TurboJpeg
{
    public const int PixelRgb = 0;
    public const int PixelCmyk = 11;
    public const int AccurateDct = 4096;
    public const int StopOnWarning = 8192;
    public const int LimitScans = 32768;
    public const int NoReallocation = 1024;

    private static readonly Lazy<TurboJpeg> Loaded = new(static () => Load(Names()));

    private TurboJpeg(nint library)
    {
        InitDecompress = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "tjInitDecompress");
        InitCompress = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "tjInitCompress");
        Destroy = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "tjDestroy");
        Decompress = (delegate* unmanaged<nint, byte*, CULong, byte*, int, int, int, int, int, int>)NativeLibrary.GetExport(library, "tjDecompress2");
        Compress = (delegate* unmanaged<nint, byte*, int, int, int, int, byte**, CULong*, int, int, int, int>)NativeLibrary.GetExport(library, "tjCompress2");
        BufferSize = (delegate* unmanaged<int, int, int, CULong>)NativeLibrary.GetExport(library, "tjBufSize");
        ErrorText = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "tjGetErrorStr2");
        ErrorCode = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "tjGetErrorCode");
    }

    /// <summary>The library of this process.</summary>
    /// <exception cref="JpegLibraryException">It is not installed, or too old.</exception>
    public static TurboJpeg Shared => Loaded.Value;

    public delegate* unmanaged<nint> InitDecompress { get; }

    public delegate* unmanaged<nint> InitCompress { get; }

    public delegate* unmanaged<nint, int> Destroy { get; }

    /// <summary>Handle, file, its bytes, pixels, width, bytes a row, height, pixel format, flags.</summary>
    public delegate* unmanaged<nint, byte*, CULong, byte*, int, int, int, int, int, int> Decompress { get; }

    /// <summary>Handle, pixels, width, bytes a row, height, pixel format, file, its bytes, subsampling, quality, flags.</summary>
    public delegate* unmanaged<nint, byte*, int, int, int, int, byte**, CULong*, int, int, int, int> Compress { get; }

    /// <summary>Width, height, subsampling: the most bytes that a file can take.</summary>
    public delegate* unmanaged<int, int, int, CULong> BufferSize { get; }

    public delegate* unmanaged<nint, byte*> ErrorText { get; }

    /// <summary>0: the last call warned; 1: it failed.</summary>
    public delegate* unmanaged<nint, int> ErrorCode { get; }

    /// <summary>Loads the first library of the names that is there.</summary>
    /// <exception cref="JpegLibraryException">None is, or it lacks what is needed.</exception>
    internal static TurboJpeg Load(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                try
                {
                    return new TurboJpeg(library);
                }
                catch (EntryPointNotFoundException error)
                {
                    throw new JpegLibraryException($"{name} is too old ({error.Message}).");
                }
            }
        }

        throw new JpegLibraryException($"none of {string.Join(", ", names)} is there.");
    }

    /// <summary>The last message of a handle.</summary>
    public string Message(nint handle) => Marshal.PtrToStringUTF8((nint)ErrorText(handle)) ?? string.Empty;

    private static string[] Names() =>
        OperatingSystem.IsWindows() ? ["turbojpeg.dll", "libturbojpeg.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libturbojpeg.0.dylib", "libturbojpeg.dylib", "/opt/homebrew/opt/jpeg-turbo/lib/libturbojpeg.dylib", "/usr/local/opt/jpeg-turbo/lib/libturbojpeg.dylib"]
        : ["libturbojpeg.so.0", "libturbojpeg.so"];
}
