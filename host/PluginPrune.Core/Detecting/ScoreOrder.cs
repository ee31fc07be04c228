namespace PluginPrune.Core.Detecting;

/// <summary>Sorts places by falling scores, equal scores as they came. Reused from picture to picture.</summary>
internal sealed class ScoreOrder
{
    // Below it the framework's sort is quicker than counting.
    private const int CountingWorthwhile = 1024;
    private const int DigitBits = 11;
    private const int Digits = 3;
    private const int Buckets = 1 << DigitBits;

    private readonly int[] _starts = new int[Digits * Buckets];
    private ulong[] _keys = new ulong[256];
    private ulong[] _spare = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Removes all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Makes room for so many more.</summary>
    public void Reserve(int more)
    {
        if (_keys.Length - Count < more)
        {
            Array.Resize(ref _keys, Math.Max(2 * _keys.Length, Count + more));
        }
    }

    /// <summary>Adds one, for which there is room.</summary>
    /// <param name="score">A positive number.</param>
    /// <param name="place">Above those that were added before.</param>
    public void Add(float score, int place) =>

        // The bits of positive floats are ordered as they are: falling scores, then rising places, in one number.
        _keys[Count++] = ((ulong)~BitConverter.SingleToUInt32Bits(score) << 32) | (uint)place;

    /// <summary>One of them; in order once they are sorted.</summary>
    public (float Score, int Place) this[int index]
    {
        get
        {
            ulong key = _keys[index];
            return (BitConverter.UInt32BitsToSingle(~(uint)(key >> 32)), (int)(uint)key);
        }
    }

    /// <summary>Sorts them.</summary>
    public void Sort()
    {
        if (Count < CountingWorthwhile)
        {
            _keys.AsSpan(0, Count).Sort();
            return;
        }

        CountDigits();
        if (_spare.Length < Count)
        {
            _spare = new ulong[_keys.Length];
        }

        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> starts = _starts.AsSpan(digit * Buckets, Buckets);
            int shift = 32 + (digit * DigitBits);
            ReadOnlySpan<ulong> keys = _keys.AsSpan(0, Count);

            // It keeps the order of equal digits, and so that of places, which came in order.
            foreach (ulong key in keys)
            {
                _spare[starts[(int)(key >> shift) & (Buckets - 1)]++] = key;
            }

            (_keys, _spare) = (_spare, _keys);
        }
    }

    private void CountDigits()
    {
        Array.Clear(_starts);
        foreach (ulong key in _keys.AsSpan(0, Count))
        {
            for (int digit = 0; digit < Digits; digit++)
            {
                _starts[(digit * Buckets) + ((int)(key >> (32 + (digit * DigitBits))) & (Buckets - 1))]++;
            }
        }

        for (int digit = 0; digit < Digits; digit++)
        {
            int next = 0;
            foreach (ref int start in _starts.AsSpan(digit * Buckets, Buckets))
            {
                (start, next) = (next, next + start);
            }
        }
    }
}
