namespace PluginPrune.Core.Images.Decoding;

/// <summary>What is wrong with a picture, without its name: decoders do not know it.</summary>
/// <param name="problem">Found, wanted, what to do.</param>
internal sealed class PictureFault(string problem) : Exception(problem);
