namespace PluginPrune.Core.Images;

/// <summary>libturbojpeg, which reads and writes JPEG, cannot be used. All other formats can.</summary>
public sealed class JpegLibraryException : NotSupportedException
{
    /// <summary>Says what was tried.</summary>
    /// <param name="problem">What went wrong.</param>
    public JpegLibraryException(string problem)
        : base($"JPEG needs libturbojpeg (libjpeg-turbo 2.0 or later): {problem} Install it: 'apt-get install libturbojpeg0' on Debian and Ubuntu, 'brew install jpeg-turbo' on macOS; on Windows put turbojpeg.dll beside the program.")
    {
    }
}
