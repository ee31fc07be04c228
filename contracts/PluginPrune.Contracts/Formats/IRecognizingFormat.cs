namespace PluginPrune.Contracts.Formats;

/// <summary>
/// A format that knows its files by what they hold. Where several formats claim a file's extension, as of the .pt of torch, the host
/// takes the first that recognises it, else the first that has no opinion.
/// </summary>
/// <remarks>The format is made with its standard options to be asked. It may be called from any thread, one at a time.</remarks>
public interface IRecognizingFormat : IModelFormat
{
    /// <summary>Looks whether a file is of this format. A file that is one and is damaged is recognised too: reading it tells what is wrong.</summary>
    /// <param name="modelPath">The full path of an existing file. A glance at its beginning should do.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    bool Recognizes(string modelPath);
}
