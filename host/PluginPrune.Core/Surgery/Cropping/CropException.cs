namespace PluginPrune.Core.Surgery;

/// <summary>A network cannot be cropped as it is asked: a level or class is not there, or nothing would be left. Bad input: exit code 2.</summary>
/// <param name="message">What was found, what was wanted.</param>
public sealed class CropException(string message) : Exception(message);
