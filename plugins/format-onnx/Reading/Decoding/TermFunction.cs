namespace PluginPrune.FormatOnnx.Reading.Decoding;

/// <summary>What the decoding of boxes makes of a number that the network gives.</summary>
internal enum TermFunction
{
    Same,
    Sigmoid,
    SquaredSigmoid,
    Exponential,
}
