using System.Numerics;

namespace PluginPrune.Shared.TorchFiles.Pickles;

/// <summary>
/// Reads a pickle as data. Where Python would import, call and build, this notes what would be: a <see cref="PickleGlobal"/> is a
/// name, a <see cref="PickleObject"/> a note. So a file can do nothing but be wrong.
/// </summary>
/// <remarks>
/// Values are null, bool, long, <see cref="BigInteger"/>, double, string, byte[], <see cref="PickleTuple"/>, List of them,
/// <see cref="PickleDictionary"/>, <see cref="PickleGlobal"/>, <see cref="PickleObject"/>, and what <paramref name="persistent"/>
/// makes. They may refer to each other in circles: nobody may walk through them without an end.
/// </remarks>
/// <param name="source">The bytes, from where the pickle begins.</param>
/// <param name="persistent">Makes the value that a persistent id stands for.</param>
internal sealed class PickleReader(PickleBytes source, Func<object?, object?> persistent)
{
    /// <summary>A network of 10,000 tensors has half a million; each takes up to a hundred bytes of memory.</summary>
    private const int MostOperations = 2_000_000;

    private const int NewestProtocol = 5;

    private readonly PickleStack _stack = new(source);
    private readonly Dictionary<long, object?> _memo = [];
    private readonly HashSet<PickleGlobal> _makers = [];
    private readonly HashSet<PickleGlobal> _globals = [];

    /// <summary>All classes and functions that would be called.</summary>
    public IReadOnlySet<PickleGlobal> Makers => _makers;

    /// <summary>All classes and functions that would be imported, called or not.</summary>
    public IReadOnlySet<PickleGlobal> Globals => _globals;

    /// <summary>Reads one pickle.</summary>
    /// <exception cref="TorchFileException">It is none, or does what pickles that torch writes do not do.</exception>
    public object? Read()
    {
        for (int count = 0; count < MostOperations; count++)
        {
            int place = source.Position;
            var code = (PickleCode)source.Byte();
            if (code == PickleCode.Stop)
            {
                return _stack.Pop();
            }

            if (PickleLiterals.TryRead(code, source, out object? value))
            {
                _stack.Push(value);
                if (value is PickleGlobal global)
                {
                    _globals.Add(global);
                }
            }
            else if (!Combine(code) && !Remember(code))
            {
                throw new TorchFileException($"byte {place} of its pickle is {PickleCodeNames.Of((byte)code)}, no operation that torch writes: it is no file of torch.save, or damaged.");
            }
        }

        throw new TorchFileException($"its pickle has more than {MostOperations:N0} operations; no network needs so many.");
    }

    /// <summary>Operations that make something of what lies on the stack.</summary>
    private bool Combine(PickleCode code)
    {
        switch (code)
        {
            case PickleCode.Tuple:
                _stack.Push(new PickleTuple(_stack.PopToMark()));
                break;
            case PickleCode.Tuple1 or PickleCode.Tuple2 or PickleCode.Tuple3:
                _stack.Push(new PickleTuple(_stack.Pop(code - PickleCode.Tuple1 + 1)));
                break;
            case PickleCode.List or PickleCode.FrozenSet:
                _stack.Push(new List<object?>(_stack.PopToMark()));
                break;
            case PickleCode.Dict:
                var dictionary = new PickleDictionary();
                Set(dictionary, _stack.PopToMark());
                _stack.Push(dictionary);
                break;
            case PickleCode.Append:
                Append(_stack.Pop(1));
                break;
            case PickleCode.Appends or PickleCode.AddItems:
                Append(_stack.PopToMark());
                break;
            case PickleCode.SetItem:
                object?[] entry = _stack.Pop(2);
                Set(_stack.Top(), entry);
                break;
            case PickleCode.SetItems:
                object?[] entries = _stack.PopToMark();
                Set(_stack.Top(), entries);
                break;
            case PickleCode.StackGlobal:
                object?[] names = _stack.Pop(2);
                PickleGlobal named = names is [string module, string name] ? new PickleGlobal(module, name) : throw _stack.Senseless("a name");
                _globals.Add(named);
                _stack.Push(named);
                break;
            case PickleCode.Reduce or PickleCode.NewObj:
                Make(_stack.Pop(2));
                break;
            case PickleCode.NewObjEx:
                Make(_stack.Pop(3)[..2]);
                break;
            case PickleCode.Build:
                object? state = _stack.Pop();
                if (_stack.Top() is PickleObject built)
                {
                    built.State = state;
                    break;
                }

                throw _stack.Senseless("attributes");
            case PickleCode.BinPersId:
                _stack.Push(persistent(_stack.Pop()));
                break;
            default:
                return false;
        }

        return true;
    }

    /// <summary>Operations on the stack as such, on the memo and on the stream.</summary>
    private bool Remember(PickleCode code)
    {
        switch (code)
        {
            case PickleCode.Pop:
                _stack.Pop();
                break;
            case PickleCode.PopMark:
                _stack.PopToMark();
                break;
            case PickleCode.Dup:
                _stack.Push(_stack.Top());
                break;
            case PickleCode.BinPut:
                _memo[source.Byte()] = _stack.Top();
                break;
            case PickleCode.LongBinPut:
                _memo[source.UInt32()] = _stack.Top();
                break;
            case PickleCode.Memoize:
                _memo[_memo.Count] = _stack.Top();
                break;
            case PickleCode.BinGet:
                _stack.Push(Recall(source.Byte()));
                break;
            case PickleCode.LongBinGet:
                _stack.Push(Recall(source.UInt32()));
                break;
            case PickleCode.Proto:
                int protocol = source.Byte();
                if (protocol is < 2 or > NewestProtocol)
                {
                    throw new TorchFileException($"its pickle is of protocol {protocol}; torch writes 2 to {NewestProtocol}.");
                }

                break;
            case PickleCode.Frame:
                // Frames say how much to read ahead; all of it is here.
                source.Length8();
                break;
            default:
                return false;
        }

        return true;
    }

    private object? Recall(long number) =>
        _memo.TryGetValue(number, out object? value) ? value : throw new TorchFileException($"its pickle refers to its value {number}, which it does not have: the file is damaged.");

    private void Make(object?[] parts)
    {
        if (parts is not [PickleGlobal maker, PickleTuple arguments])
        {
            throw _stack.Senseless("an object");
        }

        _makers.Add(maker);
        _stack.Push(new PickleObject(maker, arguments));
    }

    private void Append(object?[] items)
    {
        switch (_stack.Top())
        {
            case List<object?> list:
                list.AddRange(items);
                break;
            case PickleObject made:
                made.Items.AddRange(items);
                break;
            default:
                throw _stack.Senseless("items");
        }
    }

    private void Set(object? target, object?[] entries)
    {
        PickleDictionary? dictionary = target as PickleDictionary ?? (target as PickleObject)?.Entries;
        if (dictionary is null || entries.Length % 2 != 0)
        {
            throw _stack.Senseless("entries");
        }

        for (int i = 0; i < entries.Length; i += 2)
        {
            dictionary.Add(entries[i], entries[i + 1]);
        }
    }
}
