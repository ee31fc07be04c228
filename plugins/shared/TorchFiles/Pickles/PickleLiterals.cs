namespace PluginPrune.Shared.TorchFiles.Pickles;

/// <summary>Operations that put something new onto the stack.</summary>
internal static class PickleLiterals
{
    /// <summary>The value that an operation puts onto the stack.</summary>
    /// <returns>False where it is another kind of operation.</returns>
    public static bool TryRead(PickleCode code, PickleBytes source, out object? value)
    {
        switch (code)
        {
            case PickleCode.None:
                value = null;
                break;
            case PickleCode.NewTrue or PickleCode.NewFalse:
                value = code == PickleCode.NewTrue;
                break;
            case PickleCode.BinInt:
                value = (long)source.Int32();
                break;
            case PickleCode.BinInt1:
                value = (long)source.Byte();
                break;
            case PickleCode.BinInt2:
                value = (long)source.UInt16();
                break;
            case PickleCode.Long1:
                value = source.Number(source.Byte());
                break;
            case PickleCode.Long4:
                value = source.Number(source.Int32());
                break;
            case PickleCode.BinFloat:
                value = source.Double();
                break;
            case PickleCode.BinUnicode:
                value = source.Text(source.UInt32());
                break;
            case PickleCode.ShortBinUnicode:
                value = source.Text(source.Byte());
                break;
            case PickleCode.BinUnicode8:
                value = source.Text(source.Length8());
                break;
            case PickleCode.BinString:
                value = source.Latin1(source.Int32());
                break;
            case PickleCode.ShortBinString:
                value = source.Latin1(source.Byte());
                break;
            case PickleCode.BinBytes:
                value = source.Bytes(source.UInt32());
                break;
            case PickleCode.ShortBinBytes:
                value = source.Bytes(source.Byte());
                break;
            case PickleCode.BinBytes8 or PickleCode.ByteArray8:
                value = source.Bytes(source.Length8());
                break;
            case PickleCode.EmptyList or PickleCode.EmptySet:
                value = new List<object?>();
                break;
            case PickleCode.EmptyDict:
                value = new PickleDictionary();
                break;
            case PickleCode.EmptyTuple:
                value = new PickleTuple([]);
                break;
            case PickleCode.Global:
                value = new PickleGlobal(source.Line(), source.Line());
                break;
            case PickleCode.Mark:
                value = PickleMark.Instance;
                break;
            default:
                value = null;
                return false;
        }

        return true;
    }
}
