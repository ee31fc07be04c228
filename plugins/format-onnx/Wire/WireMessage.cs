namespace PluginPrune.FormatOnnx.Wire;

/// <summary>A protocol-buffers message that can only be written.</summary>
internal abstract class WireMessage
{
    /// <summary>Hands out the fields, in the order in which they are written.</summary>
    public abstract void Visit(IWireFields fields);
}
