using System.Text;
using Google.Protobuf;

namespace PluginPrune.Plugins.Tests.Onnx;

/// <summary>The fields of a protocol-buffers message, whatever it is: numbers, and parts that are bytes.</summary>
internal sealed class ProtoFields
{
    private readonly List<(int Field, ulong Number, byte[]? Part)> _fields = [];

    public ProtoFields(byte[] bytes)
    {
        using var input = new CodedInputStream(bytes);
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            int field = WireFormat.GetTagFieldNumber(tag);
            _fields.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => (field, input.ReadUInt64(), null),
                WireFormat.WireType.Fixed32 => (field, input.ReadFixed32(), null),
                WireFormat.WireType.LengthDelimited => (field, 0, input.ReadBytes().ToByteArray()),
                var other => throw new InvalidDataException($"Nothing that is written is of wire type {other}."),
            });
        }
    }

    public IEnumerable<long> Numbers(int field) => _fields.Where(entry => entry.Field == field).Select(static entry => (long)entry.Number);

    public IEnumerable<string> Texts(int field) => Parts(field).Select(Encoding.UTF8.GetString);

    public IEnumerable<ProtoFields> Messages(int field) => Parts(field).Select(static part => new ProtoFields(part));

    public IEnumerable<byte[]> Parts(int field) => _fields.Where(entry => entry.Field == field).Select(static entry => entry.Part!);
}
