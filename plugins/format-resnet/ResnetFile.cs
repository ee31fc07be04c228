namespace PluginPrune.FormatResnet;

/// <summary>How the file held its tensors: it is written again in the same way.</summary>
/// <param name="Wrapper">The key of the dictionary that the tensors lay in, or null.</param>
/// <param name="Prefix">What all names begin with, such as 'module.' of torch's DataParallel; empty for nothing.</param>
/// <param name="Extension">The file's, with its dot.</param>
internal sealed record ResnetFile(string? Wrapper, string Prefix, string Extension);
