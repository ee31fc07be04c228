namespace PluginPrune.Shared.TorchFiles;

/// <summary>A file is not what torch.save writes, or holds what is not read. The message lacks the file's name.</summary>
/// <param name="message">What was found, what was wanted and what to do.</param>
internal sealed class TorchFileException(string message) : Exception(message);
