namespace PluginPrune.Contracts.Formats;

/// <summary>
/// Takes the files of a model that is being written. They appear under their names only when all of them are complete.
/// </summary>
public interface IModelSink
{
    /// <summary>Begins a file. The format disposes of the stream when the file is complete.</summary>
    /// <param name="extension">With its dot, for instance '.weights'; each may be asked for once.</param>
    Stream Create(string extension);
}
