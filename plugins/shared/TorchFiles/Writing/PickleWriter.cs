using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.Shared.TorchFiles.Writing;

/// <summary>Writes a pickle of protocol 2, operation by operation.</summary>
internal sealed class PickleWriter
{
    private const byte Protocol = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public PickleWriter()
    {
        Write(PickleCode.Proto);
        _bytes.Write([Protocol]);
    }

    /// <summary>What has been written, to its end.</summary>
    public byte[] Finish()
    {
        Write(PickleCode.Stop);
        return _bytes.WrittenSpan.ToArray();
    }

    public void Write(PickleCode code) => _bytes.Write([(byte)code]);

    public void Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Write(PickleCode.BinUnicode);
        Int32(bytes.Length);
        _bytes.Write(bytes);
    }

    public void Number(long number)
    {
        if (number == (int)number)
        {
            Write(PickleCode.BinInt);
            Int32((int)number);
            return;
        }

        Write(PickleCode.Long1);
        Span<byte> bytes = stackalloc byte[1 + sizeof(long)];
        bytes[0] = sizeof(long);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], number);
        _bytes.Write(bytes);
    }

    public void Real(double number)
    {
        Write(PickleCode.BinFloat);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, number);
        _bytes.Write(bytes);
    }

    /// <summary>Keeps what lies on top of the stack, to be put there again.</summary>
    public void Put(int number)
    {
        Write(PickleCode.LongBinPut);
        Int32(number);
    }

    /// <summary>Puts onto the stack what was kept.</summary>
    public void Get(int number)
    {
        Write(PickleCode.LongBinGet);
        Int32(number);
    }

    public void Global(string module, string name)
    {
        Write(PickleCode.Global);
        _bytes.Write(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));
    }

    public void Tuple(IEnumerable<long> numbers)
    {
        Write(PickleCode.Mark);
        foreach (long number in numbers)
        {
            Number(number);
        }

        Write(PickleCode.Tuple);
    }

    /// <summary>A new, empty collections.OrderedDict.</summary>
    public void OrderedDictionary()
    {
        Global("collections", "OrderedDict");
        Write(PickleCode.EmptyTuple);
        Write(PickleCode.Reduce);
    }

    private void Int32(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        _bytes.Write(bytes);
    }
}
