using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Decoding.Jpeg;

namespace PluginPrune.Core.Tests.Images;

/// <summary>Whether the library is there.</summary>
internal static class TurboJpegLibrary
{
    public static string? Lacks { get; } = Find();

    private static string? Find()
    {
        try
        {
            _ = TurboJpeg.Shared;
            return null;
        }
        catch (JpegLibraryException error)
        {
            return error.Message;
        }
    }
}
