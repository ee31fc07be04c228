namespace PluginPrune.FormatOnnx.Reading;

/// <summary>A file that is not what it must be, or that asks for what cannot be kept.</summary>
/// <param name="message">What was found, where, what was wanted and what to do; without the file's name.</param>
/// <param name="namesOperator">Whether the message tells the operator at fault.</param>
internal sealed class OnnxFileException(string message, bool namesOperator = false) : Exception(message)
{
    /// <summary>Whether the message tells the operator at fault.</summary>
    public bool NamesOperator { get; } = namesOperator;
}
