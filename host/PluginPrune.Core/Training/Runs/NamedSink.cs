using PluginPrune.Contracts.Formats;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Training;

/// <summary>Puts a model's files into a folder under a name of their own.</summary>
internal sealed class NamedSink(OutputFolder folder, string stem) : IModelSink
{
    public Stream Create(string extension) => folder.CreateFile(stem + extension);
}
