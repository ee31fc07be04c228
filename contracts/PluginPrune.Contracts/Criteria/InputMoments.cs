namespace PluginPrune.Contracts.Criteria;

/// <summary>
/// How the inputs of a convolution or a linear layer vary together, over pictures and places: an input is what one weight of a filter
/// is multiplied with, zeros of the padding included.
/// </summary>
/// <param name="Inputs">
/// How many there are: of a convolution all input channels times the taps of its kernel, input channel first, then row, then column, of
/// several groups one behind the other; of a linear layer its inputs.
/// </param>
/// <param name="Means">[inputs].</param>
/// <param name="Covariance">[inputs, inputs], row-major, symmetric; about the means. The caller's.</param>
public sealed record InputMoments(int Inputs, double[] Means, double[] Covariance);
