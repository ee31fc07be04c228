using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Surgery;

/// <summary>A layer that no bias can give what dropped channels contributed, because that falls off towards the border.</summary>
/// <param name="Layer">The convolution, linear layer or lone batch norm.</param>
/// <param name="Slice">Which of the layer's groups of input channels it is about.</param>
/// <param name="Form">How the constants are spread, see <see cref="ChannelConstants.FormOf"/>.</param>
internal sealed record BorderNeed(Node Layer, int Slice, int Form);
