using PluginPrune.Contracts.Formats;

namespace PluginPrune.EngineOnnxRuntime.Sessions;

/// <summary>Takes the one file of a model into memory.</summary>
/// <param name="memory">Where to.</param>
internal sealed class ModelBuffer(MemoryStream memory) : IModelSink
{
    private bool _isTaken;

    public Stream Create(string extension)
    {
        if (_isTaken)
        {
            throw new InvalidOperationException($"The format writes a second file, '{extension}', where one is wanted.");
        }

        _isTaken = true;
        return memory;
    }
}
