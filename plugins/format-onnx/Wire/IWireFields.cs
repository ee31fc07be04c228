using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Wire;

/// <summary>Takes the fields of a message: one implementer measures them, the other writes them.</summary>
internal interface IWireFields
{
    void Integer(int field, long value);

    void Float(int field, float value);

    void Text(int field, string value);

    void Message(int field, WireMessage message);

    void Bytes(int field, ReadOnlyMemory<byte> value);

    /// <summary>The elements of a tensor, which is made when it is written: weights are many, and one at a time is enough.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="make">Makes it.</param>
    void Elements(int field, int length, Func<Tensor> make);
}
