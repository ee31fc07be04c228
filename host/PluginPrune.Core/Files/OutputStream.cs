namespace PluginPrune.Core.Files;

/// <summary>A file under its temporary name; what goes wrong is told of the name that it shall bear.</summary>
/// <param name="temporary">The path that is written to.</param>
/// <param name="final">The path to speak of.</param>
internal sealed class OutputStream(string temporary, string final) : Stream
{
    private const int BufferSize = 1 << 16;

    private readonly FileStream _file = Try(temporary, final, () => new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize));

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => _file.CanWrite;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _file.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _file.Write(buffer);
        }
        catch (Exception error) when (IsExpected(error))
        {
            throw Fault(error, temporary, final);
        }
    }

    public override void Flush() => Try(temporary, final, () =>
    {
        _file.Flush();
        return true;
    });

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Try(temporary, final, () =>
            {
                _file.Dispose();
                return true;
            });
        }

        base.Dispose(disposing);
    }

    private static T Try<T>(string temporary, string final, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (IsExpected(error))
        {
            throw Fault(error, temporary, final);
        }
    }

    // The last one is how the framework tells of a file that would be longer than a limit allows (EFBIG).
    private static bool IsExpected(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    private static OutputException Fault(Exception error, string temporary, string final)
    {
        string reason = error is ArgumentOutOfRangeException ? "it would be longer than a limit of this system allows." : error.Message;
        return new OutputException($"{final} cannot be written: {reason.Replace($" : '{temporary}'", string.Empty, StringComparison.Ordinal)}", isBadPlace: false);
    }
}
