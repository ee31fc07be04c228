using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>What was found on a picture that has no labels.</summary>
/// <param name="Found">What was found.</param>
/// <param name="Picture">The picture, upright, where pictures are kept.</param>
public sealed record FoundPicture(PictureDetections Found, Picture? Picture);
